import type { CallerLimits } from '../chat/caller-limits.ts';
import { type Amounts, present } from './amounts.ts';
import type { Calendar } from './calendar.ts';
import { inFlightName } from './in-flight.ts';
import type { Reservation } from './reservation.ts';
import { counterName, isCounted } from './windows.ts';

/** Days after which an item that nobody uses is of no use. */
const keptDays = 70;

/** The windows that something counts for. */
type Place = Pick<Reservation, 'minute' | 'day'>;

/**
 * What reserving changes, and what must hold for it. Everything is counted, also what has no limit now: it may get one
 * while this runs.
 */
export function changesToReserve(amounts: Amounts, place: Place, limits: CallerLimits, time: number) {
  const add: Record<string, number> = {};
  const atMost: Record<string, number> = {};
  const perMinute = { requests: limits.requestsPerMinute, tokens: limits.tokensPerMinute };
  const count = (window: string, unit: keyof Amounts, limit: number | undefined) => {
    const name = counterName(window, unit);
    add[name] = amounts[unit];
    if (limit !== undefined) atMost[name] = limit - amounts[unit];
  };
  for (const unit of present(amounts)) {
    count(place.day, unit, limits.day?.[unit]);
    count(monthOf(place.day), unit, limits.month?.[unit]);
    if (unit === 'requests' || unit === 'tokens') count(place.minute, unit, perMinute[unit]);
  }
  return { add, atMost, set: { ttl: Math.ceil(time / 1000) + keptDays * 86_400 } };
}

/** @returns whether any item can meet the bounds: an absent counter meets them all, also those below 0. */
export function isPossible(atMost: Readonly<Record<string, number>>): boolean {
  return Object.values(atMost).every((most) => most >= 0);
}

/**
 * What settling changes beside the reservation itself.
 *
 * @param unused of what was reserved. The minute keeps its request: it limits how often somebody tries.
 */
export function changesToSettle(held: Reservation, unused: Amounts, time: number, calendar: Calendar) {
  const add: Record<string, number> = {};
  const month = monthOf(held.day);
  const isDay = isCounted('day', held.day, time, calendar);
  const isMonth = isCounted('month', month, time, calendar);
  for (const unit of present(unused)) {
    if (isDay) add[counterName(held.day, unit)] = -unused[unit];
    if (isMonth) add[counterName(month, unit)] = -unused[unit];
  }
  const minuteTokens = Math.min(unused.tokens, held.minuteTokens);
  if (minuteTokens !== 0 && isCounted('minute', held.minute, time, calendar)) {
    add[counterName(held.minute, 'tokens')] = -minuteTokens;
  }
  if (held.kind !== 'job') add[inFlightName] = -1;
  return { add };
}

function monthOf(day: string): string {
  return day.slice(0, '2026-11'.length);
}
