import { settingGroups } from '../../settings.ts';
import {
  anyOf,
  count,
  flag,
  isoTime,
  type JsonSchema,
  listOf,
  named,
  object,
  oneOf,
  only,
  orNull,
  text,
} from '../json-schema.ts';
import { pageOf } from './lists.ts';

const value: JsonSchema = anyOf(text, { type: 'number' }, flag, listOf(text), { type: 'null' });

const setting = named(
  'Setting',
  object(
    {
      name: text,
      type: oneOf('text', 'integer', 'boolean', 'list', 'choice'),
      group: oneOf(...settingGroups),
      value,
      default: value,
      source: orNull(oneOf('live', 'environment', 'default')),
      live: flag,
      meaning: text,
      secret: flag,
    },
    { why_not: text, choices: listOf(text), minimum: { type: 'integer' }, maximum: { type: 'integer' } },
  ),
);

/** Every setting. What is secret, or not for the functions, has no value here. */
export const settingList = named(
  'SettingList',
  object({ object: only('settings'), version: count, data: listOf(setting) }),
);

const change = named(
  'SettingsChange',
  object({
    object: only('settings.change'),
    id: text,
    version: count,
    at: isoTime,
    by: text,
    changes: listOf(object({ name: text, from: orNull(text), to: orNull(text) })),
  }),
);

export const settingHistory = pageOf('SettingsHistory', change);
