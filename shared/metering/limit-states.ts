import { type BudgetUnit, budgetUnits, type CallerLimits } from '../chat/caller-limits.ts';
import type { Attributes } from '../store/attributes.ts';
import { numberAttribute } from '../store/read-attribute.ts';
import type { Calendar } from './calendar.ts';
import { counterName, endOf, type WindowKind, windowsAt } from './windows.ts';

/** One limit of a key, and how far it is used up. */
export interface LimitState {
  readonly window: WindowKind;
  readonly unit: BudgetUnit;
  readonly limit: number;
  /** Used and reserved. */
  readonly taken: number;
  /** Epoch milliseconds from which on it is counted anew. */
  readonly resetAt: number;
}

/** @returns whatever limits a key has over time, with what its meter's item says of them. */
export function limitStates(
  limits: CallerLimits,
  item: Attributes,
  time: number,
  calendar: Calendar,
): readonly LimitState[] {
  const windows = windowsAt(time, calendar);
  const minute = { requests: limits.requestsPerMinute, tokens: limits.tokensPerMinute };
  const all: Readonly<Record<WindowKind, Partial<Record<BudgetUnit, number | undefined>>>> = {
    month: limits.month ?? {},
    day: limits.day ?? {},
    minute,
  };
  return (['month', 'day', 'minute'] as const).flatMap((window) =>
    budgetUnits.flatMap((unit) => {
      const limit = all[window][unit];
      if (limit === undefined) return [];
      const taken = numberAttribute(item, counterName(windows[window], unit)) ?? 0;
      return { window, unit, limit, taken, resetAt: endOf(window, time, calendar) };
    }),
  );
}

/** @returns how much of a unit may still be taken; infinite without a limit. */
export function roomOf(unit: BudgetUnit, states: readonly LimitState[]): number {
  const rooms = states.filter((state) => state.unit === unit).map(({ limit, taken }) => limit - taken);
  return Math.max(0, Math.min(Number.POSITIVE_INFINITY, ...rooms));
}
