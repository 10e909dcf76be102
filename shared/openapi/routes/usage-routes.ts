import { requestDetail, requestList, usageReport } from '../answers/usage-report.ts';
import { type Fields, type JsonSchema, oneOf, text } from '../json-schema.ts';
import { limitOf } from '../requests/queries.ts';
import type { AnswerDocument, RouteDocuments } from '../route-document.ts';

const day: JsonSchema = { ...text, format: 'date' };

const range: Fields = {
  from: { ...day, description: 'The first day; 30 days up to `to` when absent.' },
  to: { ...day, description: 'The last day, part of it; today when absent.' },
  group_by: { ...text, description: 'Some of the things that can be told apart, with commas. By `day` when absent.' },
  format: { ...oneOf('json', 'csv'), default: 'json' },
};

const answers: Readonly<Record<number, AnswerDocument>> = {
  200: { description: 'Sums, and the sum of all.', json: usageReport, csv: true },
};

/** What was used, and the log of recent requests. */
export const usageRoutes = {
  'GET /api/usage': {
    tag: 'Status',
    summary: 'See what your key has used',
    description: '`group_by` takes `day` and `model`.',
    query: { ...range, model: text },
    answers,
  },
  'GET /admin/usage': {
    tag: 'Admin: usage',
    summary: 'See what was used',
    description: '`group_by` takes `day`, `model`, `key` and `account`.',
    query: { ...range, model: text, key: text, account: text },
    answers,
  },
  'GET /admin/requests': {
    tag: 'Admin: usage',
    summary: 'List recent requests',
    description: 'Newest first.',
    query: {
      limit: limitOf(100, 50),
      after: { ...text, description: 'The `last_id` of the page before.' },
      request_id: text,
      key: text,
      model: text,
      account: text,
      kind: oneOf('chat', 'image', 'video'),
      status: { ...text, description: 'An HTTP status, or `ok`, `error` or `aborted`.' },
    },
    answers: { 200: { description: 'A page of requests.', json: requestList } },
  },
  'GET /admin/requests/{id}': {
    tag: 'Admin: usage',
    summary: 'Look at a request',
    description: 'With what was said in it, where the owner had that recorded.',
    answers: { 200: { description: 'The request.', json: requestDetail } },
    errors: ['request_not_found'],
  },
} as const satisfies RouteDocuments;
