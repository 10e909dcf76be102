import type { Wanted } from '../chat/call-meter.ts';
import type { ChatMessage, ContentPart } from '../chat/request.ts';
import { estimateTokens } from '../chat/shaping/estimate-tokens.ts';

/** What a picture, a video or a file counts for: about what Qwen takes for a picture of a megapixel. */
const tokensPerAttachment = 1000;

/** Estimates the tokens of a prompt, for the time before the upstream has counted them, and for when it never does. */
export function estimatePrompt({ messages, tools }: NonNullable<Wanted['chat']>): number {
  const declared = tools.definitions.length === 0 ? 0 : tokensOf(JSON.stringify(tools.definitions));
  return Math.ceil(messages.reduce((sum, message) => sum + messageTokens(message), declared));
}

function messageTokens(message: ChatMessage): number {
  if (message.role === 'system') return tokensOf(message.content);
  if (message.role !== 'assistant') return message.content.reduce((sum, part) => sum + partTokens(part), 0);
  const calls = message.toolCalls.reduce((sum, call) => sum + tokensOf(call.name) + tokensOf(call.arguments), 0);
  return tokensOf(message.content) + calls;
}

function partTokens(part: ContentPart): number {
  return part.type === 'text' ? tokensOf(part.text) : tokensPerAttachment;
}

function tokensOf(text: string): number {
  return estimateTokens(text, Number.POSITIVE_INFINITY).tokens;
}
