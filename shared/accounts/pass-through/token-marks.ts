import type { UpstreamError } from '../../chat/errors/upstream-error.ts';
import { waitLength } from '../wait-length.ts';

/** What a token has met. */
export interface TokenMark {
  readonly fault: 'limit' | 'quota' | 'auth' | 'challenge' | 'account';
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Milliseconds for which a token is passed over that only its owner can mend. */
const ownersFaultLength = 900_000;

/** @returns what the token is remembered by, `undefined` when the error says nothing of it. @param now epoch milliseconds. */
export function markOf({ fault, retryAfterSeconds }: UpstreamError, now: number): TokenMark | undefined {
  switch (fault) {
    case 'limit':
    case 'quota':
      return { fault, until: now + waitLength(fault, retryAfterSeconds, undefined) };
    case 'auth':
    case 'challenge':
    case 'account':
      return { fault, until: now + ownersFaultLength };
    default:
      return undefined;
  }
}
