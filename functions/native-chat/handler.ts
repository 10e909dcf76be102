import { openAccess } from '../../shared/composition/open-access.ts';
import { dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createNative } from '../../shared/dialects/native/native.ts';
import { createEndpoint, type RouteHandler } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const chats = openChatService(access, upstream, process.env);
const dialect = createNative(dialectSettings(access.settings));
const answer: RouteHandler = (call) => chats.answer(dialect, call, 'index');

export const handler = createEndpoint(
  'native-chat',
  { 'POST /api/chat': answer, 'POST /api/chat/completions': answer },
  access.endpoint,
  upstream.flush,
);
