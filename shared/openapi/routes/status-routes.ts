import { hello, info, status } from '../answers/status.ts';
import type { RouteDocuments } from '../route-document.ts';

/** What the gateway tells of itself. */
export const statusRoutes = {
  'GET /api/status': {
    tag: 'Status',
    summary: 'Look at the gateway’s health',
    description: 'From its own table: the upstream is not asked. Admins see every account, others counts.',
    answers: { 200: { description: 'What is known.', json: status } },
  },
  'GET /api/info': {
    tag: 'Status',
    summary: 'Learn what this gateway is',
    description: 'For first pages and set-ups: its name, its state in a word, and the paths of its APIs.',
    answers: { 200: { description: 'What everybody may know.', json: info } },
  },
  'GET /api/hello': {
    tag: 'Status',
    summary: 'Find out whether anybody answers',
    answers: { 200: { description: 'Somebody does.', json: hello } },
  },
} as const satisfies RouteDocuments;
