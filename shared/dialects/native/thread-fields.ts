import { type ConversationIds, conversationFields } from '../openai-chat/conversation-fields.ts';
import type { ExtraFields } from '../openai-chat/extra-fields.ts';

/** What a next turn has to send back: the chat and this answer as its parent, or the handle of both. */
export function threadFields(mode: ConversationIds = 'off'): ExtraFields {
  return (start) => ({
    chatId: start.chatId,
    parentId: start.responseId,
    ...conversationFields(start, 'field'),
    ...(mode === 'id' && conversationFields(start, mode)),
  });
}
