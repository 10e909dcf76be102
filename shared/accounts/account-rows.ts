import type { WorkKind } from '../chat/upstream.ts';
import type { Attributes } from '../store/attributes.ts';
import { CachedRead } from '../store/cached-read.ts';
import type { Changes, Condition } from '../store/expressions.ts';
import { accountKey, accountsPartition } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type Account, type AccountState, lane, readAccount, type Wait, waitAttributes } from './account.ts';

const freshForMilliseconds = 2000;
// An instance that slept longer than this reads again before it chooses.
const staleForMilliseconds = 300_000;

/** What a sign-in gave. */
export interface RenewedToken {
  readonly secret: string;
  readonly tokenExpiresAt: number | undefined;
  readonly signedInAt: number;
}

/** The accounts' rows: a snapshot for choosing, and the conditional writes that change single accounts. */
export class AccountRows {
  readonly #table: Table;
  readonly #snapshot: CachedRead<readonly Account[]>;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number) {
    this.#table = table;
    const load = () => this.#list(false);
    this.#snapshot = new CachedRead({ load, freshForMilliseconds, staleForMilliseconds, now });
  }

  /** All accounts, up to two seconds old, or older while newer ones are being read. */
  snapshot(): readonly Account[] | Promise<readonly Account[]> {
    return this.#snapshot.current();
  }

  /** All accounts, with every write that was acknowledged before. */
  list(): Promise<readonly Account[]> {
    return this.#list(true);
  }

  /** The account as it is now, which the snapshot also learns. */
  async read(id: string): Promise<Account | undefined> {
    const item = await this.#table.get(accountKey(lane, id), { consistent: true });
    const account = item === undefined ? undefined : readAccount(item);
    this.#snapshot.change((accounts) => {
      const others = accounts.filter((other) => other.id !== id);
      return account === undefined ? others : [...others, account];
    });
    return account;
  }

  /** Lets the account rest. A longer wait that another instance has written stays. */
  async rest(account: Account, kind: WorkKind, wait: Wait): Promise<void> {
    const { until, cause } = waitAttributes(kind);
    this.#edit(account.id, (row) => ({ ...row, waits: { ...row.waits, [kind]: longer(row.waits[kind], wait) } }));
    await this.#write(
      account.id,
      { set: { [until]: wait.until, [cause]: wait.cause } },
      { exists: true, atMost: { [until]: wait.until } },
    );
  }

  /** Takes the account out of use, unless it got a new secret since. */
  async block(account: Account, state: Exclude<AccountState, 'ok'>, reason: string): Promise<void> {
    this.#edit(account.id, (row) => (row.secret === account.secret ? { ...row, state, reason } : row));
    await this.#write(account.id, { set: { state, reason } }, { equals: { secret: account.secret } });
  }

  /** Has the account sign in before its next use, unless it got a new secret since. */
  async dropToken(account: Account): Promise<void> {
    this.#edit(account.id, (row) => (row.secret === account.secret ? { ...row, hasToken: false } : row));
    await this.#write(account.id, { set: { hasToken: false } }, { equals: { secret: account.secret } });
  }

  /** Stores a new token. @returns the row as it is then, which another instance may have renewed first. */
  async renew(account: Account, renewed: RenewedToken): Promise<Account | undefined> {
    const set: Attributes = { ...renewed, hasToken: true, state: 'ok' };
    const remove = ['reason', ...(renewed.tokenExpiresAt === undefined ? ['tokenExpiresAt'] : [])];
    await this.#table.update(accountKey(lane, account.id), { set, remove }, { equals: { secret: account.secret } });
    return this.read(account.id);
  }

  /** Tells other instances about a use. */
  async markUsed(id: string, lastUsedAt: number): Promise<void> {
    const condition = { exists: true, atMost: { lastUsedAt } };
    await this.#table.update(accountKey(lane, id), { set: { lastUsedAt } }, condition);
  }

  /** Resolves when nothing is being read in the background; never rejects. */
  idle(): Promise<void> {
    return this.#snapshot.idle();
  }

  // The snapshot is changed before the write, so that this instance heeds it at once, and even if the write fails.
  #edit(id: string, edit: (row: Account) => Account): void {
    this.#snapshot.change((accounts) => accounts.map((row) => (row.id === id ? edit(row) : row)));
  }

  async #write(id: string, changes: Changes, condition: Condition): Promise<void> {
    const held = await this.#table.update(accountKey(lane, id), changes, condition);
    if (!held) await this.read(id);
  }

  async #list(consistent: boolean): Promise<readonly Account[]> {
    const items = await this.#table.query(accountsPartition(lane), { consistent });
    return items.flatMap((item) => readAccount(item) ?? []);
  }
}

function longer(before: Wait | undefined, wait: Wait): Wait {
  return before !== undefined && before.until > wait.until ? before : wait;
}
