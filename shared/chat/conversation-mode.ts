/** What is done with a conversation that the upstream may know already. */
export type ConversationMode = (typeof conversationModes)[number];

/**
 * - `auto`: its upstream chat is continued where that is possible; otherwise all of it goes into a new one.
 * - `always-new`: it always goes into a new chat.
 * - `never-fold`: what can't be continued is refused.
 */
export const conversationModes = ['auto', 'always-new', 'never-fold'] as const;
