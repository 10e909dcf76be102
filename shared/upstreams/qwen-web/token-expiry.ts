import { isJsonObject, numberField, parseJson, textField } from './json-fields.ts';

/** What a token tells about itself (qwen-web §1.2). */
export interface TokenClaims {
  /** Epoch seconds. */
  readonly expiresAt?: number;
  /** An access token lives for minutes, a session token for weeks. */
  readonly kind: 'session' | 'access';
  /** The account's id at the site. */
  readonly userId?: string;
}

/**
 * Reads a token's payload. The signature can't be checked: only the upstream knows the key. Text that is no token gives
 * a session of unknown end, and the upstream will judge it.
 */
export function readToken(token: string): TokenClaims {
  const payload = token.split('.')[1] ?? '';
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
  if (!isJsonObject(claims)) return { kind: 'session' };
  const expiresAt = numberField(claims, 'exp');
  const userId = textField(claims, 'id');
  return {
    kind: claims.type === 'access_token' ? 'access' : 'session',
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(userId === undefined ? {} : { userId }),
  };
}
