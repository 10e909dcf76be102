import type { CallerLimits } from '../chat/caller-limits.ts';
import { TooManyInFlightError } from '../chat/errors/limit-errors.ts';
import type { Attributes } from '../store/attributes.ts';
import { meterKey } from '../store/keys.ts';
import { numberAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import { type Amounts, chargeOf, minus, nothing, within } from './amounts.ts';
import type { Calendar } from './calendar.ts';
import { inFlightName, inFlightRefusal, placesOf, placeWait } from './in-flight.ts';
import { type LimitState, limitStates, roomOf } from './limit-states.ts';
import { changesToReserve, changesToSettle, isPossible } from './meter-changes.ts';
import { refusalOf } from './refusal.ts';
import {
  extended,
  lapsedOf,
  type Reservation,
  readReservation,
  reservationName,
  writeReservation,
} from './reservation.ts';
import type { Asked, Reserved } from './reserved.ts';
import { placeOfUsage, readUsageRow } from './usage-row.ts';
import { minuteOf, staleCounters, windowsAt } from './windows.ts';

/** How often a write is tried that met others at the same counters, before the caller is asked to come again. */
const mostRounds = 8;

export interface KeyMetersOptions {
  readonly table: Table;
  /** Of the setting TIME_ZONE. */
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * The meters of keys with limits: one item each, with all counters of the key, so that one conditional write reserves
 * against every limit at once. A counter holds what is used and what is reserved. All methods throw
 * StoreUnavailableError.
 */
export class KeyMeters {
  readonly #options: KeyMetersOptions;
  readonly #now: () => number;

  constructor(options: KeyMetersOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** @throws LimitExceededError when there is no room, also not after what has lapsed was given back. */
  async reserve(asked: Asked): Promise<Reserved> {
    const { keyId, limits, least } = asked;
    let { tokens } = asked.amounts;
    for (let round = 0; round < mostRounds; round += 1) {
      const time = this.#now();
      const reservation = this.#newReservation({ ...asked.amounts, tokens }, asked, time);
      const written = await this.#write(asked, reservation, time);
      if (written !== undefined) return this.#reserved(asked, reservation, written, time);
      const item = await this.#read(keyId);
      const present = readReservation(item, asked);
      if (present !== undefined) return this.#reserved(asked, present, item, time);
      if (await this.settleLapsed(keyId, lapsedOf(item, time))) continue;
      const states = this.#states(limits, item, time);
      asked.tell?.(states);
      const refusal = refusalOf(states, least, time) ?? inFlightRefusal(limits, item, asked.kind);
      if (refusal !== undefined) throw refusal;
      tokens = Math.min(asked.amounts.tokens, roomOf('tokens', states));
    }
    throw new TooManyInFlightError('Other requests of this key were faster, again and again. Try again.', {
      retryAfterSeconds: placeWait,
    });
  }

  /**
   * Reserves more for a request that runs.
   *
   * @param piece of tokens also fewer are taken; of anything else all, or none.
   * @returns the reservation as it is then; `undefined` when no tokens are left at all, or it has lapsed.
   * @throws LimitExceededError when there is no room for anything else.
   */
  async extend(
    keyId: string,
    limits: CallerLimits,
    held: Reservation,
    piece: Amounts,
  ): Promise<Reservation | undefined> {
    let { tokens } = piece;
    for (let round = 0; round < mostRounds; round += 1) {
      const time = this.#now();
      const next = extended(held, { ...piece, tokens }, minuteOf(time));
      if (await this.#replace(keyId, limits, held, next, time)) return next;
      const item = await this.#read(keyId);
      if (readReservation(item, held) === undefined) return undefined;
      if (await this.settleLapsed(keyId, lapsedOf(item, time))) continue;
      const states = this.#states(limits, item, time);
      const refusal = refusalOf(states, { ...piece, tokens: 0 }, time);
      if (refusal !== undefined) throw refusal;
      tokens = Math.min(piece.tokens, roomOf('tokens', states));
      if (piece.tokens > 0 && tokens === 0) return undefined;
    }
    return undefined;
  }

  /**
   * Charges a request, for what was reserved at most, and gives the rest back.
   *
   * @returns whether the reservation was still there.
   */
  async settle(keyId: string, held: Reservation, charge: Amounts, stale: readonly string[] = []): Promise<boolean> {
    const name = reservationName(held);
    const unused = minus(held.amounts, within(charge, held.amounts));
    const changes = changesToSettle(held, unused, this.#now(), this.#options.calendar);
    return this.#options.table.update(
      meterKey(keyId),
      { ...changes, remove: [name, ...stale] },
      { equals: { [name]: writeReservation(held) } },
    );
  }

  /** Charges a job, whoever has reserved for it. @returns whether its reservation was still there. */
  async settleJob(keyId: string, id: string, charge: Amounts): Promise<boolean> {
    const held = readReservation(await this.#read(keyId), { kind: 'job', id });
    return held !== undefined && this.settle(keyId, held, charge);
  }

  /** Charges reservations whose owners are dead by what their usage rows say, and gives back those without a row. */
  async settleLapsed(keyId: string, lapsed: readonly Reservation[]): Promise<boolean> {
    for (const held of lapsed) {
      const row = readUsageRow((await this.#options.table.get(placeOfUsage(held), { consistent: true })) ?? {});
      await this.settle(keyId, held, row === undefined ? nothing : chargeOf(row));
    }
    return lapsed.length > 0;
  }

  /** How the limits of a key stand, after what has lapsed was given back. */
  async look(keyId: string, limits: CallerLimits) {
    const time = this.#now();
    const lapsed = lapsedOf(await this.#read(keyId), time);
    await this.settleLapsed(keyId, lapsed);
    const item = await this.#read(keyId);
    return { states: this.#states(limits, item, time), inFlight: numberAttribute(item, inFlightName) ?? 0 };
  }

  #newReservation(amounts: Amounts, { id, kind, until, startedAt }: Asked, time: number): Reservation {
    const { minute } = windowsAt(time, this.#options.calendar);
    const { day } = windowsAt(startedAt, this.#options.calendar);
    return { id, kind, until, startedAt, day, minute, minuteTokens: amounts.tokens, amounts };
  }

  async #write(
    { keyId, limits, kind }: Asked,
    reservation: Reservation,
    time: number,
  ): Promise<Attributes | undefined> {
    const { set, add, atMost } = changesToReserve(reservation.amounts, reservation, limits, time);
    if (!isPossible(atMost)) return undefined;
    const name = reservationName(reservation);
    const isRequest = kind !== 'job';
    return this.#options.table.updateAndRead(
      meterKey(keyId),
      {
        set: { ...set, [name]: writeReservation(reservation) },
        add: { ...add, ...(isRequest && { [inFlightName]: 1 }) },
      },
      { absent: [name], atMost: { ...atMost, ...(isRequest && { [inFlightName]: placesOf(limits) - 1 }) } },
    );
  }

  #replace(
    keyId: string,
    limits: CallerLimits,
    held: Reservation,
    next: Reservation,
    time: number,
  ): Promise<boolean> | false {
    const piece = minus(next.amounts, held.amounts);
    const { set, add, atMost } = changesToReserve(piece, next, limits, time);
    if (!isPossible(atMost)) return false;
    const name = reservationName(held);
    return this.#options.table.update(
      meterKey(keyId),
      { set: { ...set, [name]: writeReservation(next) }, add },
      { atMost, equals: { [name]: writeReservation(held) } },
    );
  }

  #reserved({ limits, tell }: Asked, reservation: Reservation, item: Attributes, time: number): Reserved {
    const states = this.#states(limits, item, time);
    tell?.(states);
    return {
      reservation,
      states,
      lapsed: lapsedOf(item, time),
      stale: staleCounters(item, time, this.#options.calendar),
    };
  }

  async #read(keyId: string): Promise<Attributes> {
    return (await this.#options.table.get(meterKey(keyId), { consistent: true })) ?? {};
  }

  #states(limits: CallerLimits, item: Attributes, time: number): readonly LimitState[] {
    return limitStates(limits, item, time, this.#options.calendar);
  }
}
