import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createNative } from '../../shared/dialects/native/native.ts';
import type { RouteHandler } from '../../shared/http/endpoint.ts';

export const handler = liveEndpoint('native-chat', (access) => {
  const upstream = openUpstream(access, access.environment);
  const chats = openChatService(access, upstream, access.environment);
  const dialect = createNative(dialectSettings(access.settings));
  const answer: RouteHandler = (call) => chats.answer(dialect, call, 'index');
  return { handlers: { 'POST /api/chat': answer, 'POST /api/chat/completions': answer }, flush: upstream.flush };
});
