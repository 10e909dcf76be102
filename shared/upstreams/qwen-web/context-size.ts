import { ContextTooLongError } from '../../chat/errors/request-errors.ts';
import type { ChatMessage } from '../../chat/request.ts';
import { estimateTokens } from '../../chat/shaping/estimate-tokens.ts';
import type { ResolvedChatRequest } from '../../chat/upstream.ts';
import { formatInstruction } from './format-instruction.ts';

/** Tokens that a model may have when the catalogue tells nothing: no model of the site has had more (qwen-web §2). */
const largestContext = 1_000_000;

/**
 * Looks whether the model can take in the conversation, all of it: also what an upstream chat holds already. Tokens are
 * estimated in the way in which usage is.
 *
 * @throws ContextTooLongError
 */
export function checkContextSize({
  messages,
  format,
  reminder = '',
  target,
}: Pick<ResolvedChatRequest, 'messages' | 'format' | 'reminder' | 'target'>): void {
  const limit = target.contextLength ?? largestContext;
  const texts = [...messages.flatMap(textsOf), formatInstruction(format), reminder];
  // No character is estimated as more than one token, so most conversations need no counting.
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters <= limit) return;
  const tokens = Math.ceil(texts.reduce((sum, text) => sum + estimateTokens(text, 0).tokens, 0));
  if (tokens > limit) throw new ContextTooLongError({ tokens, limit });
}

function textsOf({ content }: ChatMessage): readonly string[] {
  if (typeof content === 'string') return [content];
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
}
