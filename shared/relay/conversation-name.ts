import { createHash } from 'node:crypto';
import type { ChatMessage } from '../chat/request.ts';

/** Characters of each part; pictures come as data URIs of megabytes. */
const longestPart = 4096;

/**
 * Names a conversation by its first user message, which clients send again with every turn: system prompts change with
 * the time of day, and the end with every turn.
 */
export function nameConversation(messages: readonly ChatMessage[]): string {
  const first = messages.find((message) => message.role === 'user');
  const parts = first?.content.map((part) => (part.type === 'text' ? part.text : part.url).slice(0, longestPart)) ?? [];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
