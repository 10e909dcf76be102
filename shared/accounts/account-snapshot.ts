import { CachedRead } from '../store/cached-read.ts';
import type { Account } from './account.ts';

const freshForMilliseconds = 2000;
// An instance that slept longer than this reads again before it chooses.
const staleForMilliseconds = 300_000;
// Whoever waits for what others give back reads as often as this.
const lookEveryMilliseconds = 1000;
// A read may miss what was written this shortly before it began.
const lateForMilliseconds = 1000;

/** The accounts by their ids. */
export type AccountsById = ReadonlyMap<string, Account>;

/**
 * All accounts as one instance knows them: read from the table at most every two seconds, and changed at once by what
 * the instance does itself. What it did shortly before a read, or since, is not undone by what the read has seen.
 */
export class AccountSnapshot {
  readonly #now: () => number;
  readonly #read: CachedRead<AccountsById>;
  readonly #editedAt = new Map<string, number>();
  #accounts = new Map<string, Account>();

  /** @param load reads all accounts. @param now epoch milliseconds. */
  constructor(load: () => Promise<readonly Account[]>, now: () => number) {
    this.#now = now;
    this.#read = new CachedRead({ load: () => this.#load(load), freshForMilliseconds, staleForMilliseconds, now });
  }

  /** Up to two seconds old, or older while newer ones are being read. */
  accounts(): AccountsById | Promise<AccountsById> {
    return this.#read.current();
  }

  /** The same for one who waits for changes: up to a second old, and never older while newer ones are being read. */
  look(): AccountsById | Promise<AccountsById> {
    const young = this.#now() - this.#read.attemptedAt < lookEveryMilliseconds;
    return young && !this.#read.loading ? this.#read.current() : this.#read.reload();
  }

  /** As they were at that moment or later. @param time epoch milliseconds. */
  async since(time: number): Promise<AccountsById> {
    await this.#read.idle();
    return this.#read.attemptedAt < time ? this.#read.reload() : this.#read.current();
  }

  /** What was read last, without a thought of its age; empty before the first read. */
  get held(): AccountsById {
    return this.#accounts;
  }

  edit(id: string, edit: (account: Account) => Account): void {
    const account = this.#accounts.get(id);
    if (account === undefined) return;
    this.#accounts.set(id, edit(account));
    this.#editedAt.set(id, this.#now());
  }

  /** Takes over a row as it was just read or written; `undefined` for one that is gone. */
  learn(id: string, account: Account | undefined): void {
    if (account === undefined) this.#accounts.delete(id);
    else this.#accounts.set(id, account);
    this.#editedAt.set(id, this.#now());
  }

  /** Resolves when nothing is being read in the background; never rejects. */
  idle(): Promise<void> {
    return this.#read.idle();
  }

  async #load(load: () => Promise<readonly Account[]>): Promise<AccountsById> {
    const since = this.#now() - lateForMilliseconds;
    const read = await load();
    const accounts = new Map(read.map((account) => [account.id, account]));
    for (const [id, editedAt] of this.#editedAt) {
      if (editedAt < since) this.#editedAt.delete(id);
      else restore(accounts, id, this.#accounts.get(id));
    }
    this.#accounts = accounts;
    return accounts;
  }
}

function restore(accounts: Map<string, Account>, id: string, known: Account | undefined): void {
  if (known === undefined) accounts.delete(id);
  else accounts.set(id, known);
}
