import { conversationModes } from '../chat/conversation-mode.ts';
import type { ChatIndex } from '../chats/chat-index.ts';
import { Conversations } from '../relay/conversations.ts';
import { ThreadStore } from '../threads/thread-store.ts';
import type { Access } from './open-access.ts';

/** What finds the upstream chats that know what a request repeats, by the settings. */
export function openConversations({ settings, table }: Access, chats: ChatIndex): Conversations {
  const mode = settings.text('CONVERSATIONS');
  return new Conversations({
    threads: new ThreadStore(table),
    chats,
    mode: conversationModes.find((known) => known === mode) ?? 'auto',
    life: settings.integer('CONVERSATION_MINUTES') * 60_000,
    keepChats: settings.boolean('KEEP_CHATS'),
  });
}
