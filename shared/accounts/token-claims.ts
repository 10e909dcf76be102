/** What a token tells about itself. */
export interface TokenClaims {
  /** The user that the token is for. */
  readonly userId?: string;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

/**
 * Reads the payload of a JWT (qwen-web §1.2: `id` and `exp`). The signature can't be checked, as the site's key is not
 * public; nothing but the choice of accounts depends on these claims.
 *
 * @returns no claims for anything that is no JWT.
 */
export function readTokenClaims(token: string): TokenClaims {
  const payload = parsePayload(token.split('.')[1] ?? '');
  if (typeof payload !== 'object' || payload === null) return {};
  return {
    ...('id' in payload && typeof payload.id === 'string' && payload.id !== '' && { userId: payload.id }),
    ...('exp' in payload && typeof payload.exp === 'number' && { expiresAt: payload.exp * 1000 }),
  };
}

function parsePayload(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
