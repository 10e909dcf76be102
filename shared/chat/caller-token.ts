import { createHash } from 'node:crypto';

/**
 * A token of the upstream that a caller has brought for one request. It lives no longer than that request; neither JSON
 * nor the inspection of values shows it.
 */
export class CallerToken {
  /** A hash, which stands for the token wherever something outlives the request. Nobody can make a second token for it. */
  readonly id: string;
  readonly #text: string;

  constructor(text: string) {
    this.id = idOf(text);
    this.#text = text;
  }

  /** The token itself: for the call upstream and nothing else. */
  reveal(): string {
    return this.#text;
  }
}

/** Names the caller of these tokens, whatever their order; one token names its caller alike. */
export function callerIdOf(tokens: readonly CallerToken[]): string {
  const [first, ...others] = tokens.map(({ id }) => id).sort();
  return first !== undefined && others.length === 0 ? first : idOf([first, ...others].join(','));
}

function idOf(text: string): string {
  return `pass-through:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
