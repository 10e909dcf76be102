import type { ChatMessage } from './request.ts';

/** The messages that an upstream chat can't know yet: what came after the last answer. */
export function newMessages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
}

/** Of a request, the messages that are sent: all of them, or the new ones within an upstream chat. */
export function messagesToSend(request: {
  readonly messages: readonly ChatMessage[];
  readonly thread?: unknown;
}): readonly ChatMessage[] {
  return request.thread === undefined ? request.messages : newMessages(request.messages);
}
