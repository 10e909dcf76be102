import { createHash } from 'node:crypto';
import type { CallerToken } from '../../chat/caller-token.ts';

/**
 * The order in which a conversation tries its caller's tokens, by rendezvous hashing: every instance finds the same one
 * without asking anybody, conversations spread evenly, and a token that is added or left out moves only the
 * conversations that it wins or had.
 *
 * @param conversation names the conversation; asked only when there is something to choose.
 */
export function orderTokens(tokens: readonly CallerToken[], conversation: () => string): readonly CallerToken[] {
  if (tokens.length < 2) return tokens;
  const name = conversation();
  return tokens
    .map((token) => ({ token, score: createHash('sha256').update(`${token.id}\n${name}`).digest() }))
    .sort((one, other) => Buffer.compare(other.score, one.score))
    .map(({ token }) => token);
}
