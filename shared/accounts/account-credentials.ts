import { CookieJar } from '../chat/cookie-jar.ts';
import type { Credentials } from '../chat/upstream.ts';
import type { AccountSecret } from './account-secret.ts';

/** An account's credentials in this process, which change with the cookies of its answers. */
export class AccountCredentials implements Credentials {
  token: string;
  cookie?: string;
  readonly proxyUrl?: string;
  readonly #jar: CookieJar;
  readonly #now: () => number;
  #changed = false;

  /** @param now epoch milliseconds. */
  constructor(token: string, { cookie, proxyUrl }: AccountSecret, now: () => number) {
    this.token = token;
    if (cookie !== undefined) this.cookie = cookie;
    if (proxyUrl !== undefined) this.proxyUrl = proxyUrl;
    this.#jar = new CookieJar(cookie);
    this.#now = now;
  }

  /** Whether the jar has changed since the last call of `takeChange`. */
  get changed(): boolean {
    return this.#changed;
  }

  keepCookies(setCookies: readonly string[]): void {
    const before = this.#jar.get('token');
    if (!this.#jar.learn(setCookies, this.#now())) return;
    this.#changed = true;
    this.cookie = this.#jar.header;
    // A token that came out of the jar changes with it.
    if (before === this.token) this.token = this.#jar.get('token') ?? this.token;
  }

  /** @returns the jar as it is, which then counts as unchanged. */
  takeChange(): string {
    this.#changed = false;
    return this.#jar.header;
  }
}
