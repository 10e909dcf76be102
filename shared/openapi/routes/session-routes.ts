import { deletedSession, newSession, session } from '../answers/sessions.ts';
import { named, object } from '../json-schema.ts';
import type { RouteDocuments } from '../route-document.ts';

const nothing = named('SignInRequest', { ...object({}), additionalProperties: false });

/** Sessions of the console. */
export const sessionRoutes = {
  'POST /admin/session': {
    tag: 'Admin: keys',
    summary: 'Sign in, or renew a session',
    description:
      'A session stands for its admin key for an hour. Shown itself, it is followed by another one, for up to 12 hours.',
    body: { json: nothing, isOptional: true, example: {} },
    answers: { 201: { description: 'The session, with its token.', json: newSession } },
    errors: ['session_expired'],
  },
  'GET /admin/session': {
    tag: 'Admin: keys',
    summary: 'Find out who is signed in',
    answers: { 200: { description: 'The key, and the times of the session.', json: session } },
    errors: ['session_expired'],
  },
  'DELETE /admin/session': {
    tag: 'Admin: keys',
    summary: 'Sign out',
    description: 'Ends the session with all that it was renewed by.',
    answers: { 200: { description: 'It is over.', json: deletedSession } },
    errors: ['no_session', 'session_expired'],
  },
} as const satisfies RouteDocuments;
