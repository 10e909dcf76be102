import { openAccess } from '../../shared/composition/open-access.ts';
import { completionsLife, dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createOpenAiChat } from '../../shared/dialects/openai-chat/openai-chat.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const chats = openChatService(access, upstream, process.env);
const dialect = createOpenAiChat(dialectSettings(access.settings));
const life = completionsLife(access.settings);

export const handler = createEndpoint(
  'chat-completions',
  { 'POST /v1/chat/completions': (call) => chats.answer(dialect, call, life) },
  access.endpoint,
  upstream.flush,
);
