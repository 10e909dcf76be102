import { keyBody } from '../../admin/keys/parse-key.ts';
import { auditPage, auditVerdict } from '../answers/audit.ts';
import { deletedKey, gatewayKey, gatewayKeyNow, keyList, newGatewayKey } from '../answers/keys.ts';
import { requestSchema } from '../request-schema.ts';
import { after, limitOf } from '../requests/queries.ts';
import type { RouteDocuments } from '../route-document.ts';

const body = requestSchema('KeyFields', keyBody);
const unknown = ['key_not_found'];
const leaving = ['key_from_environment', 'last_admin_key', 'key_busy'];

/** Gateway keys, and the log of what was done with the gateway. */
export const keyRoutes = {
  'GET /admin/keys': {
    tag: 'Admin: keys',
    summary: 'List keys',
    query: { limit: limitOf(100, 100), after },
    answers: { 200: { description: 'A page of keys.', json: keyList } },
  },
  'POST /admin/keys': {
    tag: 'Admin: keys',
    summary: 'Make a key',
    description: 'The answer holds the key itself, which nobody can read again.',
    body: {
      json: body,
      example: { name: 'laptop', role: 'user', models: ['qwen3*'], limits: { requests_per_minute: 60 } },
    },
    answers: { 201: { description: 'The key.', json: newGatewayKey } },
  },
  'GET /admin/keys/{id}': {
    tag: 'Admin: keys',
    summary: 'Look at a key',
    description: 'With how far its limits are used up.',
    answers: { 200: { description: 'The key.', json: gatewayKeyNow } },
    errors: unknown,
  },
  'POST /admin/keys/{id}': {
    tag: 'Admin: keys',
    summary: 'Change a key',
    description: 'Fields that are not in the body stay as they are; `null` takes a limit away.',
    body: { json: body, example: { name: 'old laptop' } },
    answers: { 200: { description: 'The key as it is now.', json: gatewayKey } },
    errors: [...unknown, ...leaving],
  },
  'DELETE /admin/keys/{id}': {
    tag: 'Admin: keys',
    summary: 'Remove a key',
    answers: { 200: { description: 'It is gone.', json: deletedKey } },
    errors: [...unknown, ...leaving],
  },
  'GET /admin/audit': {
    tag: 'Admin: gateway',
    summary: 'Read the audit log',
    description: 'Newest first.',
    query: {
      limit: limitOf(1000, 100),
      before: { type: 'integer', minimum: 1, description: 'The `sequence` that the page before ended with.' },
    },
    answers: { 200: { description: 'A page of entries.', json: auditPage } },
  },
  'GET /admin/audit/verify': {
    tag: 'Admin: gateway',
    summary: 'Check the audit log',
    answers: { 200: { description: 'Whether an entry was changed or is missing.', json: auditVerdict } },
  },
} as const satisfies RouteDocuments;
