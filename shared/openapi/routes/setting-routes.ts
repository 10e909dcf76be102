import { changeBody, undoBody } from '../../admin/settings/parse-settings.ts';
import { settingHistory, settingList } from '../answers/settings.ts';
import { requestSchema } from '../request-schema.ts';
import { after, limitOf } from '../requests/queries.ts';
import type { RouteDocuments } from '../route-document.ts';

/** Settings that can be changed while the gateway runs. */
export const settingRoutes = {
  'GET /admin/settings': {
    tag: 'Admin: gateway',
    summary: 'Read the settings',
    answers: { 200: { description: 'Every setting, group by group.', json: settingList } },
  },
  'PATCH /admin/settings': {
    tag: 'Admin: gateway',
    summary: 'Change settings',
    description:
      '`null` lets the environment or the default count again. With `version` nothing is changed that somebody else has changed meanwhile.',
    body: {
      json: requestSchema('SettingsChangeRequest', changeBody),
      example: { values: { CHAT_TITLE: 'From the gateway' } },
    },
    answers: { 200: { description: 'The settings as they are now.', json: settingList } },
    errors: ['settings_changed'],
  },
  'GET /admin/settings/history': {
    tag: 'Admin: gateway',
    summary: 'List changes of settings',
    query: { limit: limitOf(100, 100), after },
    answers: { 200: { description: 'A page of changes, newest first.', json: settingHistory } },
  },
  'POST /admin/settings/undo': {
    tag: 'Admin: gateway',
    summary: 'Undo a change of settings',
    description: 'Puts back what it has replaced, as a new change.',
    body: { json: requestSchema('SettingsUndoRequest', undoBody), example: { version: 1 } },
    answers: { 200: { description: 'The settings as they are now.', json: settingList } },
    errors: ['settings_changed', 'change_not_found'],
  },
} as const satisfies RouteDocuments;
