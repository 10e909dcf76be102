import type { Attributes } from '../store/attributes.ts';
import { textAttribute } from '../store/read-attribute.ts';
import { type Amounts, plus } from './amounts.ts';

/** What is kept free for a request or a job, until it is charged, given back, or lapses. */
export interface Reservation {
  /** Of its usage row. */
  readonly id: string;
  /** A job is not under way in the sense of the limit of requests at the same time; a queued request is. */
  readonly kind: 'request' | 'queued' | 'job';
  /** Epoch milliseconds after which whoever has made it is dead for sure. */
  readonly until: number;
  /** Epoch milliseconds, as its usage row has it. */
  readonly startedAt: number;
  /** The day that it counts for; its month too. */
  readonly day: string;
  /** The minute that its last piece counts for, and the tokens of that piece. */
  readonly minute: string;
  readonly minuteTokens: number;
  readonly amounts: Amounts;
}

/** Lapsed reservations that one caller looks after. */
const mostSettled = 25;

const kinds = ['request', 'queued', 'job'] as const;
const prefixes = { request: 'held/', queued: 'queued/', job: 'job/' } as const;

/** @returns the attribute of the meter's item that holds it. */
export function reservationName({ kind, id }: Pick<Reservation, 'kind' | 'id'>): string {
  return prefixes[kind] + id;
}

/** @returns the attribute's value: a text, because there may be many, and because it is compared as a whole. */
export function writeReservation(reservation: Reservation): string {
  const { until, startedAt, day, minute, minuteTokens, amounts } = reservation;
  const { requests, tokens, images, videoSeconds } = amounts;
  return [until, startedAt, day, minute, minuteTokens, requests, tokens, images, videoSeconds].join('|');
}

/** @returns the reservation of this name, `undefined` when it is not there. */
export function readReservation(
  item: Attributes,
  { kind, id }: Pick<Reservation, 'kind' | 'id'>,
): Reservation | undefined {
  const text = textAttribute(item, reservationName({ kind, id }));
  return text === undefined ? undefined : parse(text, kind, id);
}

/** @returns all reservations in a meter's item. */
export function listReservations(item: Attributes): readonly Reservation[] {
  return Object.keys(item).flatMap((name) => {
    const kind = kinds.find((known) => name.startsWith(prefixes[known]));
    if (kind === undefined) return [];
    return readReservation(item, { kind, id: name.slice(prefixes[kind].length) }) ?? [];
  });
}

/** @returns the reservation with a further piece, which counts for this minute. */
export function extended(held: Reservation, piece: Amounts, minute: string): Reservation {
  const before = minute === held.minute ? held.minuteTokens : 0;
  return { ...held, minute, minuteTokens: before + piece.tokens, amounts: plus(held.amounts, piece) };
}

/** @returns some of those whose owners are dead, if there are any. */
export function lapsedOf(item: Attributes, time: number): readonly Reservation[] {
  return listReservations(item)
    .filter(({ until }) => until < time)
    .slice(0, mostSettled);
}

function parse(text: string, kind: Reservation['kind'], id: string): Reservation {
  const [until, startedAt, day = '', minute = '', ...counts] = text.split('|');
  const [minuteTokens = 0, requests = 0, tokens = 0, images = 0, videoSeconds = 0] = counts.map(Number);
  const amounts = { requests, tokens, images, videoSeconds };
  return { id, kind, until: Number(until), startedAt: Number(startedAt), day, minute, minuteTokens, amounts };
}
