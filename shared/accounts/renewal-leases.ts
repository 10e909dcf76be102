import { randomUUID } from 'node:crypto';
import type { Attributes } from '../store/attributes.ts';
import type { Condition } from '../store/expressions.ts';
import { accountKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type Account, lane } from './account.ts';
import { renewalLeaseAttributes } from './renewal-state.ts';
import type { StateChange } from './state-change.ts';

/** How a token is renewed. */
export type RenewalWay = 'refresh' | 'sign-in';

/** The right to renew one account's token, until it is finished, released or over. */
export interface RenewalLease {
  /** The row as it was when the right was given. */
  readonly account: Account;
  readonly way: RenewalWay;
  readonly owner: string;
  readonly fence: number;
}

/** Milliseconds; longer than the calls may take, with the writes after them. */
const lasts: Readonly<Record<RenewalWay, number>> = { refresh: 15_000, 'sign-in': 20_000 };

/**
 * Lets one instance at a time renew an account's token, by conditional writes on its row. A refresh token is marked as
 * sent before it is sent, so that after a crash nobody sends it again. All methods throw StoreUnavailableError.
 */
export class RenewalLeases {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number) {
    this.#table = table;
    this.#now = now;
  }

  /**
   * @param account its row, just read.
   * @returns `undefined` when somebody else renews it, or its row has changed.
   */
  async take(account: Account, way: RenewalWay): Promise<RenewalLease | undefined> {
    const { renewal, secret } = account;
    const now = this.#now();
    const lease = { account, way, owner: randomUUID(), fence: renewal.fence + 1 };
    const set = {
      renewalOwner: lease.owner,
      renewalUntil: now + lasts[way],
      renewalFence: lease.fence,
      ...(way === 'refresh' ? { refreshSent: true } : renewal.refreshSent && { canRefresh: false }),
    };
    const remove = way === 'refresh' ? [] : ['refreshSent'];
    const equals = { secret, ...(renewal.fence > 0 && { renewalFence: renewal.fence }) };
    const atMost = { renewalUntil: now };
    return (await this.#update(account, set, remove, { equals, atMost })) ? lease : undefined;
  }

  /**
   * Goes on with a sign-in where the refresh gave nothing. @returns `undefined` when the lease was over and somebody else
   * has taken it.
   */
  async turnToSignIn(lease: RenewalLease): Promise<RenewalLease | undefined> {
    const set = { canRefresh: false, renewalUntil: this.#now() + lasts['sign-in'] };
    const held = await this.#update(lease.account, set, ['refreshSent'], ownedBy(lease));
    return held ? { ...lease, way: 'sign-in' } : undefined;
  }

  /**
   * Stores what a renewal gave, unless the lease was lost or the account got another secret since.
   *
   * @param change what becomes of the account's state, unless somebody else has changed that since.
   */
  async finish(lease: RenewalLease, set: Attributes, remove: readonly string[], change?: StateChange): Promise<void> {
    const { account } = lease;
    const equals = { ...ownedBy(lease).equals, secret: account.secret };
    const gone = [...remove, ...renewalLeaseAttributes];
    if (change !== undefined) {
      const condition = { equals: { ...equals, ...change.equals } };
      if (await this.#update(account, { ...set, ...change.set }, [...gone, ...change.remove], condition)) return;
    }
    await this.#update(account, set, gone, { equals });
  }

  /** Gives the right back, unless it was lost. @param set what the failure has shown, as `canRefresh: false`. */
  async release(lease: RenewalLease, set: Attributes): Promise<void> {
    await this.#update(lease.account, set, renewalLeaseAttributes, ownedBy(lease));
  }

  /** Gives up a refresh token of which nobody knows what became of it. */
  async giveUpRefreshToken({ id, secret, renewal }: Account): Promise<void> {
    const condition = { equals: { secret, refreshSent: true, renewalFence: renewal.fence } };
    await this.#update({ id }, { canRefresh: false }, ['refreshSent'], condition);
  }

  #update(
    { id }: Pick<Account, 'id'>,
    set: Attributes,
    remove: readonly string[],
    condition: Condition,
  ): Promise<boolean> {
    return this.#table.update(accountKey(lane, id), { set, remove }, condition);
  }
}

function ownedBy({ owner, fence }: RenewalLease): { readonly equals: Attributes } {
  return { equals: { renewalOwner: owner, renewalFence: fence } };
}
