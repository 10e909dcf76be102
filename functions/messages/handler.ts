import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createAnthropic } from '../../shared/dialects/anthropic/anthropic.ts';

export const handler = liveEndpoint('messages', (access) => {
  const upstream = openUpstream(access, access.environment);
  const chats = openChatService(access, upstream, access.environment);
  const dialect = createAnthropic(dialectSettings(access.settings));
  return {
    handlers: { 'POST /v1/messages': (call) => chats.answer(dialect, call, 'single-answer') },
    flush: upstream.flush,
  };
});
