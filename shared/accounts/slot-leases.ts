import { randomUUID } from 'node:crypto';
import type { WorkKind } from '../chat/upstream.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { type Account, waitAttributes } from './account.ts';
import { roomOf } from './availability.ts';
import { freeSlot, slotAttributes, withSlot } from './lease-slots.ts';
import { leaseMilliseconds, SlotLease, type SlotLeaseMeans } from './slot-lease.ts';

export interface SlotLeasesOptions extends SlotLeaseMeans {
  readonly maxInFlight: number;
}

/** A place that this instance is about to take. Nobody else in the instance does from here on. */
export interface ReservedSlot {
  readonly account: Account;
  readonly slot: number;
  readonly kind: WorkKind;
  /** Whether spacing does not matter, as for another try of the same request. */
  readonly urgent: boolean;
}

/** A place that was taken, and the account's row as it was at that moment. */
export interface TakenPlace {
  readonly lease: SlotLease;
  readonly account: Account;
}

/** Takes places of accounts by one conditional write each, and keeps those that may be used again. */
export class SlotLeases {
  readonly #options: SlotLeasesOptions;
  // For the owner of the table who looks at a row; what decides is the fence.
  readonly #owner = randomUUID().slice(0, 8);
  readonly #idle = new Set<SlotLease>();
  readonly #background = new Set<Promise<void>>();

  constructor(options: SlotLeasesOptions) {
    this.#options = options;
  }

  /** @returns an idle place of an account that is allowed, in use from now on; the one idle for longest. */
  reuse(allowed: (account: Account) => boolean, urgent: boolean): TakenPlace | undefined {
    const now = this.#options.now();
    for (const lease of this.#idle) {
      if (!lease.reusable) this.#idle.delete(lease);
      const account = this.#options.rows.held.get(lease.taken.accountId);
      if (account === undefined || !lease.reusable) continue;
      if ((account.spacedUntil > now && !urgent) || !allowed(account)) continue;
      this.#idle.delete(lease);
      lease.reuse();
      return { lease, account };
    }
    return undefined;
  }

  /** Whether the account has a place that can be taken now. */
  hasRoom(account: Account, urgent: boolean): boolean {
    return roomOf(account, this.#options.maxInFlight, this.#options.now(), urgent).type === 'ready';
  }

  /** @throws RangeError when `hasRoom` was not asked before. */
  reserve(account: Account, kind: WorkKind, urgent: boolean): ReservedSlot {
    const { rows, now, maxInFlight, spacing } = this.#options;
    const time = now();
    const slot = freeSlot(account.slots, maxInFlight, time);
    if (slot === undefined) throw new RangeError('the account has no free place');
    const fence = account.slots[slot]?.fence ?? 0;
    rows.edit(account.id, (row) => ({
      ...row,
      slots: withSlot(row.slots, slot, { until: time + leaseMilliseconds, fence }),
      spacedUntil: time + spacing,
      waits: probing(row, kind, time),
    }));
    return { account, slot, kind, urgent };
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

  /**
   * The use has ended and told nothing to write: keeps the place for a moment, or gives it back, in the background.
   *
   * @param whenFree is called once the place can be used again.
   */
  end(lease: SlotLease, whenFree: () => void): void {
    if (lease.mayIdle && this.#idleAllowed) {
      this.#idle.add(lease);
      this.#track(lease.idle());
      whenFree();
      return;
    }
    this.#track(this.#options.rows.write(lease.taken.accountId, lease.giveBack()).finally(whenFree));
  }

  /** Resolves when the writes under way are done. */
  async flush(): Promise<void> {
    await Promise.all(this.#background);
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

  async #write({ account, slot, kind, urgent }: ReservedSlot): Promise<TakenPlace | undefined> {
    const { rows, now, spacing } = this.#options;
    const time = now();
    const until = time + leaseMilliseconds;
    const names = slotAttributes(slot);
    const waitNames = waitAttributes(kind);
    const probes = account.waits[kind] !== undefined;
    const row = await rows.take(
      account.id,
      {
        set: {
          [names.until]: until,
          [names.owner]: this.#owner,
          lastUsedAt: Math.trunc(time),
          spacedUntil: time + spacing,
          ...(probes && { [waitNames.probeUntil]: until }),
        },
        add: { [names.fence]: 1 },
      },
      {
        exists: true,
        equals: { state: account.state },
        atMost: {
          [names.until]: time,
          ...(!urgent && { spacedUntil: time }),
          // A wait that this instance doesn't know of is seen after the refusal; then the request probes.
          [waitNames.until]: probes ? time : 0,
          [waitNames.probeUntil]: time,
        },
      },
    );
    if (row === undefined) return undefined;
    const fence = row.slots[slot]?.fence ?? 0;
    const taken = { accountId: row.id, slot, fence, until, probe: probes ? kind : undefined };
    return { lease: new SlotLease(taken, this.#options), account: row };
  }
}

function probing(account: Account, kind: WorkKind, now: number): Account['waits'] {
  const wait = account.waits[kind];
  if (wait === undefined) return account.waits;
  return { ...account.waits, [kind]: { ...wait, probeUntil: now + leaseMilliseconds } };
}

function withoutReservation(row: Account, { account, slot }: ReservedSlot): Account {
  const free = { until: 0, fence: row.slots[slot]?.fence ?? 0 };
  return { ...row, slots: withSlot(row.slots, slot, free), spacedUntil: account.spacedUntil, waits: account.waits };
}
