import { openAccess } from '../../shared/composition/open-access.ts';
import { dialectSettings, openChatService } from '../../shared/composition/open-chat-service.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createAnthropic } from '../../shared/dialects/anthropic/anthropic.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const chats = openChatService(access, upstream, process.env);
const dialect = createAnthropic(dialectSettings(access.settings));

export const handler = createEndpoint(
  'messages',
  { 'POST /v1/messages': (call) => chats.answer(dialect, call, 'single-answer') },
  access.endpoint,
  upstream.flush,
);
