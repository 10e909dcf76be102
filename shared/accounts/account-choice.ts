import type { WorkKind } from '../chat/upstream.ts';
import type { Account } from './account.ts';
import type { AccountRows } from './account-rows.ts';
import { availabilityOf, roomOf } from './availability.ts';
import type { LeastRecentlyUsed } from './least-recently-used.ts';
import type { ReservedSlot } from './slot-claim.ts';
import type { SlotLeases, TakenPlace } from './slot-leases.ts';
import type { Attempted } from './waiting-line.ts';

/** What a request wants. */
export interface Ask {
  readonly kind: WorkKind;
  /** The only account that will do. */
  readonly accountId: string | undefined;
  /** Accounts that this request has tried already. */
  readonly excluded: Set<string>;
  /** Whether spacing does not matter. */
  readonly urgent: boolean;
  /** How often another instance was faster. */
  lostRaces: number;
}

/** A place to be used: one that the instance has, or one to be taken by a write. */
export type Choice = { readonly place: TakenPlace } | { readonly reserved: ReservedSlot };

export interface AccountChoiceOptions {
  readonly rows: AccountRows;
  readonly leases: SlotLeases;
  readonly uses: LeastRecentlyUsed;
  readonly maxInFlight: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

// What other instances give back is seen by looking again; the first end of a lease that is known may come earlier.
const lookEveryMilliseconds = 1000;
const soonestMilliseconds = 10;
const jitterMilliseconds = 40;
// Many who wait for few accounts would all wake at the end of the same lease, and all but one for nothing.
const mostDoublings = 6;

/** Chooses the account for a request, from what this instance knows. */
export class AccountChoice {
  readonly #options: AccountChoiceOptions;
  #lostRaces = 0;

  constructor(options: AccountChoiceOptions) {
    this.#options = options;
  }

  /** Reserves a place when there is one, so that nobody else in this instance chooses it. */
  attempt(ask: Ask): Attempted<Choice> {
    const { leases, uses } = this.#options;
    const place = leases.reuse((account) => this.#wanted(ask, account), ask.urgent);
    if (place !== undefined) {
      uses.touch(place.account.id);
      return { chosen: { place } };
    }
    const account = this.#choose(ask, (candidate) => leases.hasRoom(candidate, ask.urgent));
    if (account === undefined) return this.#mayComeFree(ask) ? 'later' : 'never';
    uses.touch(account.id);
    return { chosen: { reserved: leases.reserve(account, ask.kind, ask.urgent) } };
  }

  /** @returns an account for a call that takes no place: one that could serve, whoever uses it. */
  visit(ask: Ask): Account | undefined {
    return this.#choose(ask, () => true);
  }

  /** Notes whether a place that was chosen was still there: others want the same ones when it was not. */
  raced(won: boolean): void {
    this.#lostRaces = won ? 0 : Math.min(this.#lostRaces + 1, mostDoublings);
  }

  /** Milliseconds until another try makes sense: when a place is expected to be free, or others may have moved. */
  nextTry(): number {
    const { rows, leases, maxInFlight, now } = this.#options;
    const time = now();
    let soonest = Math.min(time + lookEveryMilliseconds, leases.nextReuse());
    for (const account of rows.held.values()) {
      const room = roomOf(account, maxInFlight, time);
      if (room.type === 'busy' && room.until < soonest) soonest = room.until;
    }
    return Math.max(soonest - time, soonestMilliseconds) + Math.random() * jitterMilliseconds * 2 ** this.#lostRaces;
  }

  #choose(ask: Ask, hasRoom: (account: Account) => boolean): Account | undefined {
    const { uses } = this.#options;
    const allowed = (account: Account) => hasRoom(account) && this.#wanted(ask, account);
    const candidates = this.#candidates(ask);
    if (ask.lostRaces > 0) return uses.chooseAmong(4 ** Math.min(ask.lostRaces, 5), candidates, allowed);
    return uses.choose(candidates, allowed);
  }

  #wanted(ask: Ask, account: Account): boolean {
    if (ask.accountId !== undefined && ask.accountId !== account.id) return false;
    if (ask.excluded.has(account.id)) return false;
    return availabilityOf(account, ask.kind, this.#options.now(), ask.accountId !== undefined).type === 'ready';
  }

  #mayComeFree(ask: Ask): boolean {
    const { now } = this.#options;
    for (const account of this.#candidates(ask)) {
      if (ask.excluded.has(account.id)) continue;
      const { type } = availabilityOf(account, ask.kind, now(), ask.accountId !== undefined);
      if (type === 'ready' || type === 'busy') return true;
    }
    return false;
  }

  #candidates({ accountId }: Ask): Iterable<Account> {
    const { held } = this.#options.rows;
    if (accountId === undefined) return held.values();
    const owner = held.get(accountId);
    return owner === undefined ? [] : [owner];
  }
}
