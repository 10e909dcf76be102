import type { StartEvent } from '../../chat/event.ts';

/** How answers name the place where their conversation goes on, see the setting CONVERSATION_IDS. */
export type ConversationIds = (typeof conversationIdModes)[number];

export const conversationIdModes = ['off', 'field', 'id'] as const;

/** The fields that a next turn may send back as `conversation_id`. The answer's own id is replaced by that of the field. */
export function conversationFields(
  { conversationId }: StartEvent,
  mode: ConversationIds,
): Readonly<Record<string, string>> {
  if (conversationId === undefined) return {};
  return mode === 'id' ? { id: conversationId } : { conversation_id: conversationId };
}
