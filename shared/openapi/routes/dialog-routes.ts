import { cleanupBody } from '../../dialogs/cleanup/cleanup-routes.ts';
import { nameBody } from '../../dialogs/dialog-routes.ts';
import { chatBody } from '../../endpoints/create-chat.ts';
import { locationHeaders } from '../answer-headers.ts';
import {
  chatContent,
  chatList,
  cleanup,
  cleanupDetail,
  cleanupReport,
  deletedChat,
  newChat,
} from '../answers/chats.ts';
import { errandErrors } from '../error-topics.ts';
import { text } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import { limitOf } from '../requests/queries.ts';
import type { RouteDocuments } from '../route-document.ts';

const errors = [...errandErrors, 'chat_not_found', 'chat_busy'];

/** Upstream chats that are kept. */
export const dialogRoutes = {
  'POST /api/chats': {
    tag: 'Chats',
    summary: 'Make a chat',
    body: {
      json: requestSchema('NewChatRequest', chatBody),
      isOptional: true,
      example: { name: 'Plans', model: 'qwen3.7-plus' },
    },
    answers: { 201: { description: 'The chat, to go on with by `chatId`.', json: newChat } },
    errors: [...errors, 'model_not_found'],
  },
  'GET /api/chats': {
    tag: 'Chats',
    summary: 'List your chats',
    description: 'Newest use first; those of all keys for an admin.',
    query: { limit: limitOf(100, 20), cursor: { ...text, description: 'The `nextCursor` of the page before.' } },
    answers: { 200: { description: 'A page of chats.', json: chatList } },
  },
  'GET /api/chats/{id}': {
    tag: 'Chats',
    summary: 'Read a chat',
    answers: { 200: { description: 'All that was said in it.', json: chatContent } },
    errors,
  },
  'PUT /api/chats/{id}/rename': {
    tag: 'Chats',
    summary: 'Rename a chat',
    body: { json: requestSchema('ChatName', nameBody), example: { name: 'Travel plans' } },
    answers: { 200: { description: 'The chat.', json: newChat } },
    errors,
  },
  'DELETE /api/chats/{id}': {
    tag: 'Chats',
    summary: 'Delete a chat',
    answers: { 200: { description: 'It is gone.', json: deletedChat } },
    errors,
  },
  'POST /api/chats/cleanup': {
    tag: 'Chats',
    summary: 'Delete many chats',
    description:
      'A chat goes when it meets any filter that is given. Without filters, or with `dryRun`, it only reports.',
    body: {
      json: requestSchema('CleanupRequest', cleanupBody),
      isOptional: true,
      example: { olderThan: 604_800_000, dryRun: true },
    },
    answers: {
      200: { description: 'What would go.', json: cleanupReport },
      202: { description: 'The clean-up, which goes on by itself.', json: cleanup, headers: locationHeaders },
    },
    errors: ['unsupported_parameter', 'cleanup_not_found'],
  },
  'GET /api/chats/cleanup/{id}': {
    tag: 'Chats',
    summary: 'Look at a clean-up',
    answers: { 200: { description: 'How far it is, with each of its chats.', json: cleanupDetail } },
    errors: ['cleanup_not_found'],
  },
} as const satisfies RouteDocuments;
