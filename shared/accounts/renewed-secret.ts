import { CookieJar } from '../chat/cookie-jar.ts';
import { readTokenClaims } from '../chat/token-claims.ts';
import type { Session } from '../chat/upstream.ts';
import type { AccountSecret } from './account-secret.ts';

/**
 * The secret after a renewal. A pasted Cookie header takes on the answer's cookies, and the tokens that it holds itself.
 *
 * @param now epoch milliseconds.
 */
export function renewSecret(secret: AccountSecret, session: Session, now: number): AccountSecret {
  const { token, refreshToken } = session;
  const cookie = secret.cookie === undefined ? undefined : renewCookie(secret.cookie, session, now);
  return {
    ...secret,
    token,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(cookie !== undefined && { cookie }),
  };
}

/** An access token's place is the bearer header; the cookie `token` is the session's (qwen-web §1.2). */
export function kindOf({ token, kind }: Session): 'session' | 'access' {
  return kind ?? readTokenClaims(token).kind;
}

function renewCookie(cookie: string, session: Session, now: number): string {
  const jar = new CookieJar(cookie);
  const { token, refreshToken, setCookies = [] } = session;
  if (kindOf(session) === 'session' && jar.get('token') !== undefined) jar.set('token', token);
  if (refreshToken !== undefined && jar.get('refresh_token') !== undefined) jar.set('refresh_token', refreshToken);
  jar.learn(setCookies, now);
  return jar.header;
}
