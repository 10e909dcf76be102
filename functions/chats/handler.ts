import { ChatIndex } from '../../shared/chats/chat-index.ts';
import { liveEndpoint } from '../../shared/composition/live-endpoint.ts';
import { openDialogs } from '../../shared/composition/open-dialogs.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { createCreateChat } from '../../shared/endpoints/create-chat.ts';

export const handler = liveEndpoint('chats', (access) => {
  const upstream = openUpstream(access, access.environment);
  const createChat = createCreateChat({
    ...upstream,
    chats: new ChatIndex(access.table),
    defaultModel: access.settings.text('DEFAULT_MODEL'),
    defaultTitle: access.settings.text('CHAT_TITLE'),
  });
  return {
    handlers: { 'POST /api/chats': createChat, ...openDialogs(access, upstream, access.environment) },
    flush: upstream.flush,
  };
});
