import type { Credentials } from '../chat/upstream.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import type { Account } from './account.ts';
import { AccountCredentials } from './account-credentials.ts';
import type { AccountSecret } from './account-secret.ts';
import type { CookieStore } from './cookie-store.ts';
import { openCurrentSecret } from './current-secret.ts';

/** How often an account's jar is stored at most: answers can change it every time. */
const storedEveryMilliseconds = 60_000;

interface Opened {
  /** The row that it was opened from. */
  readonly account: Account;
  readonly secret: AccountSecret;
  readonly credentials: AccountCredentials;
  /** What this instance has stored itself; rows read before and after are both known. */
  storedCookies: string | undefined;
  storedAt: number;
}

/** The decrypted credentials of accounts, each kept for as long as its row holds the same secret and cookies. */
export class CredentialCache {
  readonly #box: SecretBox;
  readonly #store: CookieStore;
  readonly #now: () => number;
  readonly #opened = new Map<string, Opened>();

  /** @param now epoch milliseconds. */
  constructor(box: SecretBox, store: CookieStore, now: () => number) {
    this.#box = box;
    this.#store = store;
    this.#now = now;
  }

  /**
   * @throws SecretUnreadableError, also when the secret holds no token.
   * @throws SecretKeyUnavailableError
   */
  async of(account: Account): Promise<Credentials> {
    const held = this.#opened.get(account.id);
    if (held !== undefined && isCurrent(held, account)) return held.credentials;
    const secret = await openCurrentSecret(this.#box, account);
    const { token } = secret;
    if (token === undefined) throw new SecretUnreadableError(`The secret of account ${account.id} holds no token.`);
    const credentials = new AccountCredentials(token, secret, this.#now);
    const storedAt = Number.NEGATIVE_INFINITY;
    this.#opened.set(account.id, { account, secret, credentials, storedCookies: account.cookies, storedAt });
    return credentials;
  }

  /**
   * Stores the jars that answers have changed, those of accounts with a pasted Cookie header, each once a minute at
   * most. Others live in this process only. To be called when nobody waits.
   *
   * @throws StoreUnavailableError
   */
  async flush(): Promise<void> {
    const now = this.#now();
    const due = [...this.#opened.values()].filter(
      ({ secret, credentials, storedAt }) =>
        credentials.changed && secret.cookie !== undefined && now - storedAt >= storedEveryMilliseconds,
    );
    await Promise.all(due.map((opened) => this.#storeJar(opened, now)));
  }

  async #storeJar(opened: Opened, now: number): Promise<void> {
    const { account, secret, credentials } = opened;
    opened.storedAt = now;
    opened.storedCookies = (await this.#store.save(account, secret, credentials.takeChange())) ?? opened.storedCookies;
  }
}

/** A jar that has changed here is newer than any that is stored. */
function isCurrent({ account, credentials, storedCookies }: Opened, row: Account): boolean {
  if (account.secret !== row.secret) return false;
  return credentials.changed || row.cookies === account.cookies || row.cookies === storedCookies;
}
