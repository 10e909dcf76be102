import type { SecretBox } from '../secrets/secret-box.ts';
import { accountKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type Account, lane } from './account.ts';
import type { AccountSecret } from './account-secret.ts';
import { sealCookies, withCookie } from './current-secret.ts';
import { tokenAttributes } from './secret-attributes.ts';

/** Where the jars that answers have changed are kept for other instances, encrypted. */
export class CookieStore {
  readonly #table: Table;
  readonly #box: SecretBox;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, box: SecretBox, now: () => number) {
    this.#table = table;
    this.#box = box;
    this.#now = now;
  }

  /**
   * Stores a jar, unless the account got another secret since, or gets one just now.
   *
   * @param secret as it was before the jar changed.
   * @param cookie the jar in the form of a Cookie header.
   * @returns the ciphertext, `undefined` when it was not stored.
   * @throws StoreUnavailableError
   */
  async save(account: Account, secret: AccountSecret, cookie: string): Promise<string | undefined> {
    const cookies = await sealCookies(this.#box, account.id, cookie);
    const { token, refreshToken } = withCookie(secret, cookie);
    const set = {
      cookies,
      ...(token !== undefined && token !== secret.token && tokenAttributes(token)),
      ...(refreshToken !== secret.refreshToken && { canRefresh: true }),
    };
    const condition = { equals: { secret: account.secret }, atMost: { renewalUntil: this.#now() } };
    return (await this.#table.update(accountKey(lane, account.id), { set }, condition)) ? cookies : undefined;
  }
}
