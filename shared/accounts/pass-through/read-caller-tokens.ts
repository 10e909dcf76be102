import { CallerToken } from '../../chat/caller-token.ts';
import { AuthenticationError } from '../../chat/errors/request-errors.ts';
import { readTokenClaims } from '../../chat/token-claims.ts';
import { CallerTokenExpiredError } from './caller-token-errors.ts';

/** More tokens than this are refused; CloudFront takes about 20 kB of headers, Node 16 kB. */
const mostTokens = 32;
/** Characters. The site's own tokens have about 200 to 300. */
const longestToken = 4096;
/** A JWT: two JSON objects and a signature. Gateway keys look different, unless their owner wanted them to look so. */
const tokenForm = /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/;

/**
 * Reads a credential as the caller's own tokens, comma-separated. A token that is there twice counts once, and expired
 * ones are left out while there are others.
 *
 * @param now epoch milliseconds.
 * @returns `undefined` when any part is no token: the credential is something else then, as a mistyped key.
 * @throws CallerTokenExpiredError when the time of all of them is over.
 * @throws AuthenticationError when there are more than 32.
 */
export function readCallerTokens(credential: string, now: number): readonly CallerToken[] | undefined {
  if (credential.length > mostTokens * (longestToken + 2)) return undefined;
  const parts = [...new Set(credential.split(',').map((part) => part.trim()))];
  if (!parts.every((part) => part.length <= longestToken && tokenForm.test(part))) return undefined;
  if (parts.length > mostTokens) throw new AuthenticationError(`Send at most ${mostTokens} tokens.`);
  const living = parts.filter((part) => (readTokenClaims(part).expiresAt ?? Number.POSITIVE_INFINITY) > now);
  if (living.length === 0) throw expired(parts, now);
  return living.map((part) => new CallerToken(part));
}

function expired(parts: readonly string[], now: number): CallerTokenExpiredError {
  const last = Math.max(...parts.map((part) => readTokenClaims(part).expiresAt ?? 0));
  const days = Math.floor((now - last) / 86_400_000);
  const when = days === 0 ? 'today' : days === 1 ? 'a day ago' : `${days} days ago`;
  return new CallerTokenExpiredError(
    `${parts.length === 1 ? 'The token sent has expired' : 'All tokens sent have expired, the last of them'} ${when}. ` +
      'Sign in on https://chat.qwen.ai again and send the new token.',
  );
}
