import { ChatIndex } from '../../shared/chats/chat-index.ts';
import { openAccess } from '../../shared/composition/open-access.ts';
import { openDialogs } from '../../shared/composition/open-dialogs.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createCreateChat } from '../../shared/endpoints/create-chat.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const createChat = createCreateChat({
  ...upstream,
  chats: new ChatIndex(access.table),
  defaultModel: access.settings.text('DEFAULT_MODEL'),
  defaultTitle: access.settings.text('CHAT_TITLE'),
});

export const handler = createEndpoint(
  'chats',
  { 'POST /api/chats': createChat, ...openDialogs(access, upstream, process.env) },
  access.endpoint,
  upstream.flush,
);
