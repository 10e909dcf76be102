import type { Account } from './account.ts';

const writeEveryMilliseconds = 1000;

/**
 * Knows when each account was last used: what the table says, and what this instance has done since. The table learns of
 * it at most once a second per account, after the answer; it is a hint for other instances, no lock.
 */
export class LeastRecentlyUsed {
  readonly #now: () => number;
  readonly #write: (accountId: string, lastUsedAt: number) => Promise<void>;
  readonly #used = new Map<string, number>();
  readonly #writtenAt = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();
  #latest = 0;

  /**
   * @param write puts the time into the table; a failure is forgotten, as the next use writes again.
   * @param now epoch milliseconds.
   */
  constructor(write: (accountId: string, lastUsedAt: number) => Promise<void>, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  /** @returns epoch milliseconds, 0 for never. */
  lastUsedAt(account: Account): number {
    return Math.max(account.lastUsedAt, this.#used.get(account.id) ?? 0);
  }

  /** @returns the account that has rested longest, by id among equals; `undefined` for none. */
  choose(accounts: readonly Account[], allowed: (account: Account) => boolean): Account | undefined {
    let chosen: Account | undefined;
    let chosenUse = Number.POSITIVE_INFINITY;
    for (const account of accounts) {
      const use = this.lastUsedAt(account);
      const earlier = use < chosenUse || (use === chosenUse && chosen !== undefined && account.id < chosen.id);
      if (earlier && allowed(account)) {
        chosen = account;
        chosenUse = use;
      }
    }
    return chosen;
  }

  /** Notes a use. Two uses never get the same time, so that a burst goes round all accounts. */
  touch(accountId: string): void {
    this.#latest = Math.max(this.#now(), this.#latest + 0.001);
    this.#used.set(accountId, this.#latest);
  }

  /** Tells the table, unless it was told within the last second. Does not wait. */
  publish(accountId: string): void {
    const lastUsedAt = this.#used.get(accountId);
    const now = this.#now();
    if (lastUsedAt === undefined || now - (this.#writtenAt.get(accountId) ?? 0) < writeEveryMilliseconds) return;
    this.#writtenAt.set(accountId, now);
    const writing = this.#write(accountId, Math.trunc(lastUsedAt))
      .catch(() => undefined)
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** Resolves when the writes under way are done; never rejects. */
  async flush(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
