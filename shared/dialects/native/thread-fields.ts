import type { ExtraFields } from '../openai-chat/extra-fields.ts';

/** What a next turn has to send back: the chat, and this answer as its parent. */
export const threadFields: ExtraFields = (start) => ({ chatId: start.chatId, parentId: start.responseId });
