import type { WorkKind } from '../chat/upstream.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { type Account, waitAttributes } from './account.ts';
import { type AccountChange, bothChanges, endProbe } from './account-change.ts';
import type { AccountRows } from './account-rows.ts';
import { slotAttributes, withSlot } from './lease-slots.ts';
import type { After } from './timers.ts';

/** How long a lease lasts that nobody renews, so how long a killed function keeps an account from others. */
export const leaseMilliseconds = 60_000;
const renewEveryMilliseconds = 20_000;
/** How long an idle account is kept for the instance's next request. */
export const holdMilliseconds = 2_000;
/** An idle lease is left alone when it ends sooner than this: clocks differ. */
const marginMilliseconds = 200;
/** A lease on its last second is renewed at once. */
const renewAheadMilliseconds = 1_000;
/** After as many requests in a row the account is given back, so that other instances have their turn. */
const usesInARow = 4;

/** What leases work with. */
export interface SlotLeaseMeans {
  readonly rows: AccountRows;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly after: After;
  /** Milliseconds from the beginning of one request of an account to the next. */
  readonly spacing: number;
  /** Hears of writes that failed. */
  readonly onStoreError: (error: StoreUnavailableError) => void;
}

/** Which place of which account was taken, and with which number. */
export interface TakenSlot {
  readonly accountId: string;
  readonly slot: number;
  readonly fence: number;
  /** Epoch milliseconds, as stored. */
  readonly until: number;
  /** The kind of work whose wait is over and that this lease probes. */
  readonly probe: WorkKind | undefined;
}

/** One place of an account that this instance has: in use, or idle for a moment after. */
export class SlotLease {
  readonly taken: TakenSlot;
  readonly #means: SlotLeaseMeans;
  #until: number;
  #startedAt: number;
  #uses = 1;
  #state: 'busy' | 'idle' | 'ended' = 'busy';
  #stopRenewal: () => void = () => undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(taken: TakenSlot, means: SlotLeaseMeans) {
    this.taken = taken;
    this.#means = means;
    this.#until = taken.until;
    this.#startedAt = means.now();
    this.#renewAfter(renewEveryMilliseconds);
  }

  get busy(): boolean {
    return this.#state === 'busy';
  }

  /** Whether the place may stay with the instance after this use. A probe's place never does. */
  get mayIdle(): boolean {
    return this.#uses < usesInARow && this.taken.probe === undefined;
  }

  /** Whether the idle place still belongs to this instance. */
  get reusable(): boolean {
    return this.#state === 'idle' && this.#until - marginMilliseconds > this.#means.now();
  }

  /** Takes the idle place for another request, without a write before it. */
  reuse(): void {
    const now = this.#means.now();
    this.#state = 'busy';
    this.#startedAt = now;
    this.#uses += 1;
    this.#means.rows.edit(this.taken.accountId, (account) => ({
      ...account,
      spacedUntil: Math.max(account.spacedUntil, now + this.#means.spacing),
    }));
    this.#renewAfter(Math.max(0, this.#until - now - renewAheadMilliseconds));
  }

  /** Keeps the place idle for a moment. @returns the write that tells others, which need not be waited for. */
  idle(): Promise<void> {
    this.#state = 'idle';
    this.#stopRenewal();
    this.#until = this.#means.now() + holdMilliseconds;
    return this.#store(false);
  }

  /** Ends the lease. @returns the change that gives the place back: nothing that was sent before can take it again. */
  giveBack(): AccountChange {
    this.#state = 'ended';
    this.#stopRenewal();
    const { slot, fence, probe } = this.taken;
    const names = slotAttributes(slot);
    const back: AccountChange = {
      changes: { set: { ...this.#use(), [names.until]: 0 }, add: { [names.fence]: 1 }, remove: [names.owner] },
      condition: { exists: true, equals: { [names.fence]: fence } },
      edit: (account) => account,
      editAfter: (account) => freed(account, slot, fence),
    };
    return probe === undefined ? back : bothChanges(endProbe(probe), back);
  }

  /** Resolves when the writes under way are done; never rejects. */
  written(): Promise<void> {
    return this.#writing;
  }

  #renewAfter(milliseconds: number): void {
    this.#stopRenewal();
    this.#stopRenewal = this.#means.after(milliseconds, () => {
      if (this.#state !== 'busy') return;
      this.#until = this.#means.now() + leaseMilliseconds;
      void this.#store(true);
      this.#renewAfter(renewEveryMilliseconds);
    });
  }

  // One after the other, so that what is stored last is what was meant last.
  #store(renewing: boolean): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write(renewing));
    return this.#writing;
  }

  async #write(renewing: boolean): Promise<void> {
    if (this.#state === 'ended') return;
    const { accountId, slot, fence, probe } = this.taken;
    const names = slotAttributes(slot);
    const until = this.#until;
    const probing = renewing && probe !== undefined ? { [waitAttributes(probe).probeUntil]: until } : {};
    try {
      const held = await this.#means.rows.write(accountId, {
        changes: { set: { ...this.#use(), ...probing, [names.until]: until } },
        condition: { exists: true, equals: { [names.fence]: fence } },
        edit: (account) => ({ ...account, slots: withSlot(account.slots, slot, { until, fence }) }),
      });
      if (!held) this.#lose();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#means.onStoreError(error);
    }
  }

  // Somebody else has the place, or the account is gone. The answer under way goes on; its writes are refused.
  #lose(): void {
    this.#stopRenewal();
    if (this.#state === 'idle') this.#state = 'ended';
  }

  #use() {
    return { lastUsedAt: Math.trunc(this.#startedAt), spacedUntil: this.#startedAt + this.#means.spacing };
  }
}

// The row may tell of somebody else's lease by now.
function freed(account: Account, slot: number, fence: number): Account {
  if (account.slots[slot]?.fence !== fence) return account;
  return { ...account, slots: withSlot(account.slots, slot, { until: 0, fence: fence + 1 }) };
}
