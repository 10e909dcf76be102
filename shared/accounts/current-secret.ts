import { CookieJar } from '../chat/cookie-jar.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import type { Account } from './account.ts';
import { type AccountSecret, openSecret } from './account-secret.ts';

/**
 * Opens an account's secret, with its Cookie header as answers have changed it since.
 *
 * @throws SecretUnreadableError
 * @throws SecretKeyUnavailableError
 */
export async function openCurrentSecret(box: SecretBox, account: Account): Promise<AccountSecret> {
  const secret = await openSecret(box, account.id, account.secret);
  if (secret.cookie === undefined || account.cookies === undefined) return secret;
  return withCookie(secret, await box.open(account.cookies, cookiesSubject(account.id)));
}

/** @returns the ciphertext of a changed Cookie header, for the row's attribute `cookies`. */
export function sealCookies(box: SecretBox, accountId: string, cookie: string): Promise<string> {
  return box.seal(cookie, cookiesSubject(accountId));
}

/** The secret with a changed Cookie header. A token that came out of the header changes with it. */
export function withCookie(secret: AccountSecret, cookie: string): AccountSecret {
  const before = new CookieJar(secret.cookie);
  const jar = new CookieJar(cookie);
  const token = before.get('token') === secret.token ? jar.get('token') : undefined;
  const refreshToken = before.get('refresh_token') === secret.refreshToken ? jar.get('refresh_token') : undefined;
  return {
    ...secret,
    cookie,
    ...(token !== undefined && { token }),
    ...(refreshToken !== undefined && { refreshToken }),
  };
}

// Another subject than the secret's, so that neither ciphertext is taken for the other.
function cookiesSubject(accountId: string): string {
  return `${accountId}#cookies`;
}
