import type { BudgetUnit } from '../chat/caller-limits.ts';
import type { Attributes } from '../store/attributes.ts';
import type { Calendar } from './calendar.ts';

/**
 * Milliseconds for which counters stay after the end of their window, for those whose clock is behind. Days and months stay
 * longer than time zones are apart: what has begun before TIME_ZONE was changed goes by the day of the former zone.
 */
const afterMinute = 120_000;
const afterDay = 27 * 3_600_000;

/** The windows in which something is counted, by name: `2026-11-22T01:05` (UTC), `2026-11-22`, `2026-11`. */
export interface Windows {
  readonly minute: string;
  readonly day: string;
  readonly month: string;
}

export type WindowKind = keyof Windows;

/** @param time epoch milliseconds. */
export function windowsAt(time: number, calendar: Calendar): Windows {
  return { minute: minuteOf(time), day: calendar.day(time).name, month: calendar.month(time).name };
}

export function minuteOf(time: number): string {
  return new Date(time).toISOString().slice(0, '2026-11-22T01:05'.length);
}

/** @returns when a window that holds this time ends, in epoch milliseconds. */
export function endOf(kind: WindowKind, time: number, calendar: Calendar): number {
  return kind === 'minute' ? (Math.floor(time / 60_000) + 1) * 60_000 : calendar[kind](time).end;
}

/** @returns the attribute that counts a unit in a window: what is used and what is reserved, in one. */
export function counterName(window: string, unit: BudgetUnit): string {
  return `${window}/${unit}`;
}

const counter = /^(\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)\//;

/** @returns names of the counters in a meter's item whose windows are long over. */
export function staleCounters(item: Attributes, time: number, calendar: Calendar): readonly string[] {
  const oldest = { ...windowsAt(time - afterDay, calendar), minute: minuteOf(time - afterMinute) };
  return Object.keys(item).filter((name) => {
    const window = counter.exec(name)?.[1];
    if (window === undefined) return false;
    // Names of one length sort as their times.
    return Object.values(oldest).some((least) => least.length === window.length && window < least);
  });
}

/** @returns whether a counter of this window may still be there, so that it is to be kept right. */
export function isCounted(kind: WindowKind, window: string, time: number, calendar: Calendar): boolean {
  if (kind === 'minute') return window >= minuteOf(time - afterMinute);
  return window >= windowsAt(time - afterDay, calendar)[kind];
}
