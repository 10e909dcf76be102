import { randomUUID } from 'node:crypto';
import type { WorkKind } from '../chat/upstream.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import type { Account } from './account.ts';
import { freeSlot } from './lease-slots.ts';
import { claim, type ReservedSlot, withoutReservation, withReservation } from './slot-claim.ts';
import { SlotLease, type SlotLeaseMeans } from './slot-lease.ts';

export interface SlotLeasesOptions extends Omit<SlotLeaseMeans, 'onUse'> {
  readonly maxInFlight: number;
}

/** A place that was taken, and the account's row as it was at that moment. */
export interface TakenPlace {
  readonly lease: SlotLease;
  readonly account: Account;
}

/** Takes places of accounts by one conditional write each, and keeps those that may be used again. */
export class SlotLeases {
  readonly #options: SlotLeasesOptions;
  readonly #means: SlotLeaseMeans;
  // For the owner of the table who looks at a row; what decides is the fence.
  readonly #owner = randomUUID().slice(0, 8);
  // In the order in which they became idle.
  #idle: SlotLease[] = [];
  readonly #background = new Set<Promise<void>>();
  #inUse = 0;

  constructor(options: SlotLeasesOptions) {
    this.#options = options;
    this.#means = {
      ...options,
      onUse: (change) => {
        this.#inUse += change;
      },
    };
  }

  /**
   * @returns an idle place of an account that is allowed, in use from now on. The one that became idle last: those that
   *   are more than needed are given back, and come again when they have rested longest.
   */
  reuse(allowed: (account: Account) => boolean, urgent: boolean): TakenPlace | undefined {
    const now = this.#options.now();
    const fits = (lease: SlotLease) => {
      if (!lease.reusable || (lease.spacedUntil > now && !urgent)) return false;
      const account = this.#options.rows.held.get(lease.taken.accountId);
      return account !== undefined && allowed(account);
    };
    const at = this.#idle.findLastIndex(fits);
    if (at < 0) this.#forgetLost();
    const lease = this.#idle[at];
    const account = lease && this.#options.rows.held.get(lease.taken.accountId);
    if (lease === undefined || account === undefined) return undefined;
    this.#idle.splice(at, 1);
    lease.reuse();
    return { lease, account };
  }

  /** Whether the account has a place that can be taken now. */
  hasRoom(account: Account, urgent: boolean): boolean {
    const now = this.#options.now();
    // Asked of every account for one choice, so cheaper than `roomOf`.
    return (
      (urgent || account.spacedUntil <= now) && freeSlot(account.slots, this.#options.maxInFlight, now) !== undefined
    );
  }

  /** @throws RangeError when `hasRoom` was not asked before. */
  reserve(account: Account, kind: WorkKind, urgent: boolean): ReservedSlot {
    const { rows, now, maxInFlight, spacing, lease } = this.#options;
    const time = now();
    const slot = freeSlot(account.slots, maxInFlight, time);
    if (slot === undefined) throw new RangeError('the account has no free place');
    const reserved = { account, slot, kind, urgent };
    rows.edit(account.id, (row) =>
      withReservation(row, reserved, { until: time + lease, spacedUntil: time + spacing }),
    );
    return reserved;
  }

  /** @returns `undefined` when somebody else was faster. @throws StoreUnavailableError; the place is free again then. */
  async take(reserved: ReservedSlot): Promise<TakenPlace | undefined> {
    const { rows } = this.#options;
    const { id } = reserved.account;
    try {
      const taken = await this.#write(reserved);
      if (taken === undefined) await rows.read(id);
      return taken;
    } catch (error) {
      rows.edit(id, (row) => withoutReservation(row, reserved));
      throw error;
    }
  }

  /** @returns when the first idle place may begin another request that it can't begin now, in epoch milliseconds. */
  nextReuse(): number {
    const now = this.#options.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const { spacedUntil } of this.#idle) {
      if (spacedUntil > now && spacedUntil < soonest) soonest = spacedUntil;
    }
    return soonest;
  }

  /**
   * The use has ended and told nothing to write: keeps the place for a moment, or gives it back, in the background.
   *
   * @param whenFree is called once the place can be used again.
   */
  end(lease: SlotLease, whenFree: () => void): void {
    if (!lease.mayIdle || !this.#idleAllowed) {
      this.#giveBack(lease, whenFree);
      return;
    }
    this.#idle.push(lease);
    lease.rest(() => this.#giveBack(lease, whenFree));
    whenFree();
  }

  /**
   * Resolves when the writes under way are done, for the end of an invocation. The last one under way writes down which
   * places are idle, since the function may be frozen then. Until then a timer is sure to give them back.
   */
  async flush(): Promise<void> {
    this.#forgetLost();
    if (this.#inUse === 0) for (const lease of this.#idle) if (!lease.told) this.#track(lease.tell());
    await Promise.all(this.#background);
  }

  // One that others have not been told of stays until it is given back.
  #forgetLost(): void {
    if (this.#idle[0]?.told !== true) return;
    this.#idle = this.#idle.filter(({ reusable, told }) => reusable || !told);
  }

  #giveBack(lease: SlotLease, whenFree: () => void): void {
    this.#idle = this.#idle.filter((other) => other !== lease);
    this.#track(this.#options.rows.write(lease.taken.accountId, lease.giveBack()).finally(whenFree));
  }

  #track(writing: Promise<unknown>): void {
    const tracked = writing.then(
      () => {
        this.#background.delete(tracked);
      },
      (error: unknown) => {
        this.#background.delete(tracked);
        if (!(error instanceof StoreUnavailableError)) throw error;
        this.#options.onStoreError(error);
      },
    );
    this.#background.add(tracked);
  }

  // Who keeps one of several places does not see when others begin in the next, or what they meet.
  get #idleAllowed(): boolean {
    return this.#options.maxInFlight === 1;
  }

  async #write(reserved: ReservedSlot): Promise<TakenPlace | undefined> {
    const { rows, now, spacing, lease } = this.#options;
    const { account, slot, kind } = reserved;
    const time = now();
    const until = time + lease;
    const { changes, condition } = claim(reserved, { owner: this.#owner, time, until, spacing });
    const row = await rows.take(account.id, changes, condition);
    if (row === undefined) return undefined;
    const fence = row.slots[slot]?.fence ?? 0;
    const taken = {
      accountId: row.id,
      slot,
      fence,
      until,
      probe: account.waits[kind] === undefined ? undefined : kind,
    };
    return { lease: new SlotLease(taken, this.#means), account: row };
  }
}
