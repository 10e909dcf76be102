import { StoreUnavailableError } from '../store/store-errors.ts';
import type { Account } from './account.ts';
import { AccountChoice, type Ask, type Choice } from './account-choice.ts';
import type { AccountRows } from './account-rows.ts';
import type { AccountLimits } from './lease.ts';
import { leaseMilliseconds } from './lease-times.ts';
import type { LeastRecentlyUsed } from './least-recently-used.ts';
import type { SlotLease } from './slot-lease.ts';
import { SlotLeases } from './slot-leases.ts';
import type { After } from './timers.ts';
import { WaitingLine } from './waiting-line.ts';

export interface AccountPlacesOptions {
  readonly rows: AccountRows;
  readonly uses: LeastRecentlyUsed;
  readonly limits: AccountLimits;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly after: After;
  readonly onStoreError: (error: StoreUnavailableError) => void;
}

/** An account for a request, and the place in it that the request has. */
export interface GivenPlace {
  readonly account: Account;
  /** None for errands, and while the store is away: then only this instance's own knowledge counts. */
  readonly place: SlotLease | undefined;
}

/** A request with its turn. */
export interface WaitingAsk extends Ask {
  /** The order in which requests came. */
  readonly arrived: number;
  /** Until when it waits in line, in epoch milliseconds. */
  readonly until: number;
  readonly signal: AbortSignal | undefined;
}

/** Gives requests their places in accounts: at once, or after waiting in line. */
export class AccountPlaces {
  readonly #options: AccountPlacesOptions;
  readonly #leases: SlotLeases;
  readonly #choice: AccountChoice;
  readonly #line: WaitingLine<Choice>;

  constructor(options: AccountPlacesOptions) {
    const { rows, uses, limits, now, after } = options;
    const { maxInFlight, spacing, lease = leaseMilliseconds } = limits;
    const leases = new SlotLeases({ ...options, spacing, maxInFlight, lease });
    const choice = new AccountChoice({ rows, leases, uses, maxInFlight, now });
    this.#options = options;
    this.#leases = leases;
    this.#choice = choice;
    this.#line = new WaitingLine({ after, nextTry: () => choice.nextTry(), look: async () => rows.look() });
  }

  /** @returns an account that could serve, whoever uses it. */
  visit(ask: Ask): GivenPlace | undefined {
    const account = this.#choice.visit(ask);
    return account === undefined ? undefined : { account, place: undefined };
  }

  /** @returns `undefined` when there was none until the end of the waiting. @throws the signal's reason. */
  async take(ask: WaitingAsk): Promise<GivenPlace | undefined> {
    const { kind, arrived, accountId, excluded, urgent, until, signal } = ask;
    const plain = accountId === undefined && excluded.size === 0 && !urgent;
    const attempt = () => this.#choice.attempt(ask);
    for (;;) {
      const patience = Math.max(0, until - this.#options.now());
      const choice = await this.#line.wait({ arrived, kind, plain, attempt, patience, signal });
      if (choice === undefined) return undefined;
      if ('place' in choice) return { account: choice.place.account, place: choice.place.lease };
      try {
        const taken = await this.#leases.take(choice.reserved);
        this.#choice.raced(taken !== undefined);
        if (taken !== undefined) return { account: taken.account, place: taken.lease };
        ask.lostRaces += 1;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
        this.#options.onStoreError(error);
        return { account: choice.reserved.account, place: undefined };
      }
    }
  }

  /** Ends a use that has told nothing to write. Does not wait. */
  end(place: SlotLease | undefined): void {
    if (place?.busy) this.#leases.end(place, () => this.advance());
  }

  /** Lets those who wait in line try: something has changed. */
  advance(): void {
    this.#line.advance();
  }

  /** Resolves when the writes under way are done. */
  flush(): Promise<void> {
    return this.#leases.flush();
  }
}
