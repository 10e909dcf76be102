import type { Changes, Condition } from '../store/expressions.ts';
import { accountKey, accountsPartition } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type Account, lane, readAccount } from './account.ts';
import type { AccountChange } from './account-change.ts';
import { AccountSnapshot, type AccountsById } from './account-snapshot.ts';

/** The accounts' rows: a snapshot for choosing, and the conditional writes that change single accounts. */
export class AccountRows {
  readonly #table: Table;
  readonly #snapshot: AccountSnapshot;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number) {
    this.#table = table;
    this.#snapshot = new AccountSnapshot(() => this.#list(false), now);
  }

  /** All accounts, up to two seconds old, or older while newer ones are being read. */
  accounts(): AccountsById | Promise<AccountsById> {
    return this.#snapshot.accounts();
  }

  /** The same for one who waits for changes: up to a second old. */
  look(): AccountsById | Promise<AccountsById> {
    return this.#snapshot.look();
  }

  /** The same as they were at that moment or later. @param time epoch milliseconds. */
  since(time: number): Promise<AccountsById> {
    return this.#snapshot.since(time);
  }

  /** The same, as a list. */
  async snapshot(): Promise<readonly Account[]> {
    return [...(await this.accounts()).values()];
  }

  /** What was read last, whatever its age, with everything that this instance has done since. */
  get held(): AccountsById {
    return this.#snapshot.held;
  }

  /** All accounts, with every write that was acknowledged before. */
  list(): Promise<readonly Account[]> {
    return this.#list(true);
  }

  /** The account as it is now, which the snapshot also learns. */
  async read(id: string): Promise<Account | undefined> {
    const item = await this.#table.get(accountKey(lane, id), { consistent: true });
    const account = item === undefined ? undefined : readAccount(item);
    this.#snapshot.learn(id, account);
    return account;
  }

  /**
   * Writes a change. The snapshot has it before the write, so that this instance heeds it at once, and even if the
   * write fails. @returns whether the condition held; if not, the snapshot learns what is stored.
   */
  async write(id: string, change: AccountChange): Promise<boolean> {
    this.#snapshot.edit(id, change.edit);
    try {
      const held = await this.#table.update(accountKey(lane, id), change.changes, change.condition);
      if (!held) await this.read(id);
      return held;
    } finally {
      if (change.editAfter !== undefined) this.#snapshot.edit(id, change.editAfter);
    }
  }

  /** Changes what this instance knows, ahead of a write. */
  edit(id: string, edit: (account: Account) => Account): void {
    this.#snapshot.edit(id, edit);
  }

  /** Writes, and learns the row as it is then. @returns `undefined` when the condition did not hold. */
  async take(id: string, changes: Changes, condition: Condition): Promise<Account | undefined> {
    const item = await this.#table.updateAndRead(accountKey(lane, id), changes, condition);
    const account = item === undefined ? undefined : readAccount(item);
    if (account !== undefined) this.#snapshot.learn(id, account);
    return account;
  }

  /** Resolves when nothing is being read in the background; never rejects. */
  idle(): Promise<void> {
    return this.#snapshot.idle();
  }

  async #list(consistent: boolean): Promise<readonly Account[]> {
    const items = await this.#table.query(accountsPartition(lane), { consistent });
    return items.flatMap((item) => readAccount(item) ?? []);
  }
}
