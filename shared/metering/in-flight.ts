import type { CallerLimits } from '../chat/caller-limits.ts';
import { TooManyInFlightError } from '../chat/errors/limit-errors.ts';
import type { Attributes } from '../store/attributes.ts';
import { numberAttribute } from '../store/read-attribute.ts';
import type { Reservation } from './reservation.ts';

/** The attribute that counts the requests under way. */
export const inFlightName = 'inFlight';

/** A key with limits has no more requests at the same time than this, so that its item stays small. */
const mostInFlight = 1000;
/** Seconds after which a place of another request is likely free. */
export const placeWait = 1;

/** @returns how many requests a key may have under way. */
export function placesOf({ inFlight = mostInFlight }: CallerLimits): number {
  return Math.min(inFlight, mostInFlight);
}

/** @returns why no further request may begin, `undefined` when one may. Jobs are not under way in this sense. */
export function inFlightRefusal(
  limits: CallerLimits,
  item: Attributes,
  kind: Reservation['kind'],
): TooManyInFlightError | undefined {
  const places = placesOf(limits);
  if (kind === 'job' || (numberAttribute(item, inFlightName) ?? 0) < places) return undefined;
  return new TooManyInFlightError(
    `This key may have ${places} requests under way at the same time. Wait for one of them to end.`,
    { retryAfterSeconds: placeWait },
  );
}
