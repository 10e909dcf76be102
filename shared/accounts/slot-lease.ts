import type { WorkKind } from '../chat/upstream.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { type Account, waitAttributes } from './account.ts';
import { type AccountChange, bothChanges, endProbe } from './account-change.ts';
import type { AccountRows } from './account-rows.ts';
import { slotAttributes, withSlot } from './lease-slots.ts';
import {
  holdMilliseconds,
  marginMilliseconds,
  renewAheadMilliseconds,
  renewalsPerLease,
  turnMilliseconds,
  usesOfTurn,
} from './lease-times.ts';
import type { After } from './timers.ts';

/** What leases work with. */
export interface SlotLeaseMeans {
  readonly rows: AccountRows;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly after: After;
  /** Milliseconds from the beginning of one request of an account to the next. */
  readonly spacing: number;
  /** Milliseconds that a lease lasts which nobody renews. */
  readonly lease: number;
  /** Hears of each use that begins (1) and ends (-1). */
  readonly onUse: (change: 1 | -1) => void;
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
  readonly #takenAt: number;
  // What others read in the row.
  #until: number;
  #keptUntil = 0;
  #told = true;
  #startedAt: number;
  #uses = 1;
  #state: 'busy' | 'idle' | 'ended' = 'busy';
  #stopTimer: () => void = () => undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(taken: TakenSlot, means: SlotLeaseMeans) {
    this.taken = taken;
    this.#means = means;
    this.#until = taken.until;
    this.#takenAt = means.now();
    this.#startedAt = this.#takenAt;
    means.onUse(1);
    this.#renewAfter(means.lease / renewalsPerLease);
  }

  get busy(): boolean {
    return this.#state === 'busy';
  }

  /** Whether the place may stay with the instance after this use. A probe's place never does. */
  get mayIdle(): boolean {
    const turn = this.#uses < usesOfTurn || this.#means.now() - this.#takenAt < turnMilliseconds;
    return turn && this.taken.probe === undefined;
  }

  /** Whether the idle place still belongs to this instance. */
  get reusable(): boolean {
    return this.#state === 'idle' && Math.min(this.#until, this.#keptUntil) - marginMilliseconds > this.#means.now();
  }

  /** Until when spacing keeps the next request away. A snapshot doesn't know of uses that nothing has been written of. */
  get spacedUntil(): number {
    return this.#startedAt + this.#means.spacing;
  }

  /** Whether others know that the place is idle. */
  get told(): boolean {
    return this.#told;
  }

  /** Takes the idle place for another request, without a write before it. */
  reuse(): void {
    const now = this.#means.now();
    this.#state = 'busy';
    this.#startedAt = now;
    this.#uses += 1;
    this.#means.onUse(1);
    this.#means.rows.edit(this.taken.accountId, (account) => ({
      ...account,
      spacedUntil: Math.max(account.spacedUntil, now + this.#means.spacing),
    }));
    this.#renewAfter(Math.max(0, this.#until - now - renewAheadMilliseconds));
  }

  /**
   * Keeps the place idle for a moment. Nothing is written: others take it for busy until `tell`, or until it is given back.
   *
   * @param onOver is called when the moment is over and others have not been told. A frozen function can't be called.
   */
  rest(onOver: () => void): void {
    this.#leaveUse('idle');
    this.#told = false;
    this.#keptUntil = this.#means.now() + holdMilliseconds;
    this.#stopTimer = this.#means.after(holdMilliseconds, onOver);
  }

  /** Lets others know until when the idle place is kept. @returns the write. */
  tell(): Promise<void> {
    this.#stopTimer();
    this.#told = true;
    this.#until = this.#keptUntil;
    return this.#store(false);
  }

  /** Ends the lease. @returns the change that gives the place back: nothing that was sent before can take it again. */
  giveBack(): AccountChange {
    this.#leaveUse('ended');
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

  #leaveUse(state: 'idle' | 'ended'): void {
    if (this.#state === 'busy') this.#means.onUse(-1);
    this.#state = state;
    this.#stopTimer();
  }

  #renewAfter(milliseconds: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#means.after(milliseconds, () => {
      if (this.#state !== 'busy') return;
      this.#until = this.#means.now() + this.#means.lease;
      void this.#store(true);
      this.#renewAfter(this.#means.lease / renewalsPerLease);
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
    this.#stopTimer();
    if (this.#state !== 'idle') return;
    this.#state = 'ended';
    this.#told = true;
  }

  #use() {
    return { lastUsedAt: Math.trunc(this.#startedAt), spacedUntil: this.spacedUntil };
  }
}

// The row may tell of somebody else's lease by now.
function freed(account: Account, slot: number, fence: number): Account {
  if (account.slots[slot]?.fence !== fence) return account;
  return { ...account, slots: withSlot(account.slots, slot, { until: 0, fence: fence + 1 }) };
}
