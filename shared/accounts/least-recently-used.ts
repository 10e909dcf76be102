import type { Account } from './account.ts';

/** Knows when each account was last used: what the table says, and what this instance has done since. */
export class LeastRecentlyUsed {
  readonly #now: () => number;
  readonly #used = new Map<string, number>();
  #latest = 0;

  /** @param now epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns epoch milliseconds, 0 for never. */
  lastUsedAt(account: Account): number {
    return Math.max(account.lastUsedAt, this.#used.get(account.id) ?? 0);
  }

  /** @returns the account that has rested longest, by id among equals; `undefined` for none. */
  choose(accounts: Iterable<Account>, allowed: (account: Account) => boolean): Account | undefined {
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

  /**
   * @param count how many of those that have rested longest to choose from by chance. Instances that have just met at
   *   the same account would meet at the next one, too.
   */
  chooseAmong(count: number, accounts: Iterable<Account>, allowed: (account: Account) => boolean): Account | undefined {
    const rested = [...accounts].filter(allowed).sort((one, other) => this.lastUsedAt(one) - this.lastUsedAt(other));
    return rested[Math.floor(Math.random() * Math.min(count, rested.length))];
  }

  /** Notes a use. Two uses never get the same time, so that a burst goes round all accounts. */
  touch(accountId: string): void {
    this.#latest = Math.max(this.#now(), this.#latest + 0.001);
    this.#used.set(accountId, this.#latest);
  }
}
