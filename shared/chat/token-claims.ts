/** What a token of an account tells about itself (qwen-web §1.2). */
export interface TokenClaims {
  /** An access token lives for minutes, a session token for weeks. */
  readonly kind: 'session' | 'access';
  /** The user that the token is for. */
  readonly userId?: string;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

/**
 * Reads the payload of a JWT. The signature can't be checked, as the site's key is not public; nothing but the choice of
 * accounts depends on these claims.
 *
 * @returns a session of unknown end for anything that is no JWT: the upstream will judge it.
 */
export function readTokenClaims(token: string): TokenClaims {
  const payload = parsePayload(token.split('.')[1] ?? '');
  if (typeof payload !== 'object' || payload === null) return { kind: 'session' };
  return {
    kind: 'type' in payload && payload.type === 'access_token' ? 'access' : 'session',
    ...('id' in payload && typeof payload.id === 'string' && payload.id !== '' && { userId: payload.id }),
    ...('exp' in payload && isTime(payload.exp) && { expiresAt: payload.exp * 1000 }),
  };
}

/** Whether a claim is a time in epoch seconds that a Date can hold. */
function isTime(claim: unknown): claim is number {
  return typeof claim === 'number' && claim > 0 && !Number.isNaN(new Date(claim * 1000).getTime());
}

function parsePayload(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
