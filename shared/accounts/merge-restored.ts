import { readTokenClaims } from '../chat/token-claims.ts';
import type { AccountSecret } from './account-secret.ts';

/** What a sign-in gives belongs together: a refresh token of another sign-in may be spent. */
const sessionFields = ['token', 'cookie', 'refreshToken'] as const;
const signInFields = ['email', 'password'] as const;

type Field = keyof AccountSecret;

/**
 * What an account has, with what it lacks out of a backup. Of two tokens of a kind the one that ends later stays, and with
 * it what came with it; of two passwords the account's own.
 *
 * @param isRefused whether the upstream does not accept what the account has: then another token or password counts more.
 * @returns `undefined` when the backup has nothing for the account.
 */
export function mergeRestored(
  stored: AccountSecret,
  given: AccountSecret,
  isRefused: boolean,
): AccountSecret | undefined {
  const session = takesSession(stored, given, isRefused) ? given : stored;
  const signIn = given.password !== undefined && (stored.password === undefined || isRefused) ? given : stored;
  const proxyUrl = stored.proxyUrl ?? given.proxyUrl;
  const imported = stored.imported ?? given.imported;
  const merged: AccountSecret = {
    ...pick(session, sessionFields),
    ...pick(signIn, signInFields),
    ...(proxyUrl !== undefined && { proxyUrl }),
    ...(imported !== undefined && { imported }),
  };
  const isSame = [...sessionFields, ...signInFields, 'proxyUrl' as const].every(
    (field) => merged[field] === stored[field],
  );
  return isSame ? undefined : merged;
}

function takesSession(stored: AccountSecret, given: AccountSecret, isRefused: boolean): boolean {
  if (given.token === undefined) return stored.token === undefined && stored.refreshToken === undefined;
  if (stored.token === undefined || given.token === stored.token) return stored.token === undefined;
  if (isRefused) return true;
  const mine = readTokenClaims(stored.token);
  const theirs = readTokenClaims(given.token);
  return mine.kind === theirs.kind && (theirs.expiresAt ?? 0) > (mine.expiresAt ?? 0);
}

function pick(secret: AccountSecret, fields: readonly Field[]): AccountSecret {
  return Object.fromEntries(fields.flatMap((field) => (secret[field] === undefined ? [] : [[field, secret[field]]])));
}
