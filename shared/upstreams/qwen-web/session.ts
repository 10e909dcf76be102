import { readSetCookie } from '../../chat/cookie-jar.ts';
import { readTokenClaims } from '../../chat/token-claims.ts';
import type { Session } from '../../chat/upstream.ts';
import type { JsonAnswer } from './json-call.ts';
import { numberField, objectField, textField } from './json-fields.ts';
import { readSetCookies } from './transport.ts';

/**
 * Reads the token out of the answer to a sign-in or a refresh, in whichever of its forms it came (qwen-web §1.1, §1.3).
 *
 * @returns `undefined` when the answer holds no token.
 */
export function readSession({ body, headers }: JsonAnswer): Session | undefined {
  const data = objectField(body, 'data');
  const setCookies = readSetCookies(headers);
  const access = textField(data, 'access_token');
  const token = textField(data, 'token') ?? access ?? textField(body, 'token') ?? readSetCookie(setCookies, 'token');
  if (token === undefined) return undefined;
  const claims = readTokenClaims(token);
  const told = numberField(data, 'expires_at') ?? numberField(body, 'expires_at');
  const expiresAt = claims.expiresAt ?? (told === undefined ? undefined : told * 1000);
  const refreshToken = textField(data, 'refresh_token') ?? readSetCookie(setCookies, 'refresh_token');
  return {
    token,
    kind: token === access ? 'access' : claims.kind,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(setCookies.length === 0 ? {} : { setCookies }),
  };
}
