import type { CallerLimits } from '../chat/caller-limits.ts';
import type { Amounts } from './amounts.ts';
import type { KeyMeters } from './key-meters.ts';
import type { Reservation } from './reservation.ts';

/** A request's reservation, which may grow while it runs. */
export class Held {
  readonly #meters: Pick<KeyMeters, 'extend'>;
  readonly #keyId: string;
  readonly #limits: CallerLimits;
  #reservation: Reservation;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    reservation: Reservation,
    meters: Pick<KeyMeters, 'extend'>,
    { id, limits }: { readonly id: string; readonly limits: CallerLimits },
  ) {
    this.#reservation = reservation;
    this.#meters = meters;
    this.#keyId = id;
    this.#limits = limits;
  }

  /** As it is now. */
  get reservation(): Reservation {
    return this.#reservation;
  }

  /**
   * Reserves more: of tokens also fewer than that, one change after the other.
   *
   * @returns whether there was anything left. Throws LimitExceededError for other units, and StoreUnavailableError.
   */
  grow(piece: Amounts): Promise<boolean> {
    const grown = this.#last.then(async () => {
      const next = await this.#meters.extend(this.#keyId, this.#limits, this.#reservation, piece);
      this.#reservation = next ?? this.#reservation;
      return next !== undefined;
    });
    this.#last = grown.catch(() => undefined);
    return grown;
  }

  /** Resolves when it does not grow any more. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
