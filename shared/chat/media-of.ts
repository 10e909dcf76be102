import type { ChatMessage, MediaPart } from './request.ts';

/** What a message holds beside text, in its order. */
export function mediaOf(message: ChatMessage): readonly MediaPart[] {
  if (message.role !== 'user' && message.role !== 'tool') return [];
  return message.content.filter((part) => part.type !== 'text');
}
