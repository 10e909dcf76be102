import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { completionsLife, dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createOpenAiChat } from '../../shared/dialects/openai-chat/openai-chat.ts';

export const handler = liveEndpoint('chat-completions', (access) => {
  const upstream = openUpstream(access, access.environment);
  const chats = openChatService(access, upstream, access.environment);
  const dialect = createOpenAiChat(dialectSettings(access.settings));
  const life = completionsLife(access.settings);
  return {
    handlers: { 'POST /v1/chat/completions': (call) => chats.answer(dialect, call, life) },
    flush: upstream.flush,
  };
});
