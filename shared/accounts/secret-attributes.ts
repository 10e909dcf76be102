import { readTokenClaims } from '../chat/token-claims.ts';
import type { AccountSecret } from './account-secret.ts';

/** What a row tells in the clear about a secret that is new in it. */
export function secretAttributes(secret: AccountSecret) {
  const { token, email, password, refreshToken } = secret;
  return {
    hasToken: token !== undefined,
    ...(token !== undefined && tokenAttributes(token)),
    canSignIn: email !== undefined && password !== undefined,
    canRefresh: refreshToken !== undefined,
  };
}

/** What a row tells in the clear about a token. `tokenExpiresAt` is in epoch milliseconds. */
export function tokenAttributes(token: string) {
  const { kind, expiresAt } = readTokenClaims(token);
  return { tokenKind: kind, tokenExpiresAt: expiresAt };
}
