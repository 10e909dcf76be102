import { meterKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { nothing } from './amounts.ts';
import type { Calendar } from './calendar.ts';
import type { KeyMeters } from './key-meters.ts';
import { type Reservation, readReservation, reservationName, writeReservation } from './reservation.ts';

export interface QueuedRequestsOptions {
  readonly table: Table;
  readonly calendar: Calendar;
  readonly meters: Pick<KeyMeters, 'settle'>;
}

/** Requests that were let in by one function, and are served by another. All methods throw StoreUnavailableError. */
export class QueuedRequests {
  readonly #options: QueuedRequestsOptions;

  constructor(options: QueuedRequestsOptions) {
    this.#options = options;
  }

  /**
   * Whoever serves a request goes on with what was reserved when it was queued.
   *
   * @param begun when it begins to be served, and when whoever serves it is dead for sure, in epoch milliseconds.
   * @returns `undefined` when nothing is reserved any more, or for another day than the one that it is served on.
   */
  async takeOver(
    keyId: string,
    { id, startedAt, until }: Pick<Reservation, 'id' | 'startedAt' | 'until'>,
  ): Promise<Reservation | undefined> {
    const { table, calendar } = this.#options;
    const queued = await this.#find(keyId, id);
    if (queued === undefined) return undefined;
    if (queued.day !== calendar.day(startedAt).name) {
      await this.#giveBack(keyId, queued);
      return undefined;
    }
    const next: Reservation = { ...queued, kind: 'request', startedAt, until };
    const name = reservationName(queued);
    const isTaken = await table.update(
      meterKey(keyId),
      { set: { [reservationName(next)]: writeReservation(next) }, remove: [name] },
      { equals: { [name]: writeReservation(queued) } },
    );
    return isTaken ? next : undefined;
  }

  /** Gives back what is reserved for a request that nobody has begun to serve, and nobody will. */
  async release(keyId: string, id: string): Promise<void> {
    const queued = await this.#find(keyId, id);
    if (queued !== undefined) await this.#giveBack(keyId, queued);
  }

  async #giveBack(keyId: string, queued: Reservation): Promise<void> {
    await this.#options.meters.settle(keyId, queued, nothing);
  }

  async #find(keyId: string, id: string): Promise<Reservation | undefined> {
    const item = await this.#options.table.get(meterKey(keyId), { consistent: true });
    return readReservation(item ?? {}, { kind: 'queued', id });
  }
}
