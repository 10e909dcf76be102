import { type Budget, budgetUnits, type CallerLimits } from '../chat/caller-limits.ts';
import type { ItemValue } from '../store/attributes.ts';

/** @returns how much a key may use, `undefined` for as much as there is. What can't be read means: nothing. */
export function readCallerLimits(value: ItemValue | undefined): CallerLimits | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isMap(value)) return { requestsPerMinute: 0 };
  const { day, month } = value;
  const limits = {
    ...numbers(value, ['requestsPerMinute', 'tokensPerMinute', 'inFlight']),
    ...(isGiven(day) && { day: readBudget(day) }),
    ...(isGiven(month) && { month: readBudget(month) }),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}

function readBudget(value: ItemValue): Budget {
  return isMap(value) ? numbers(value, budgetUnits) : { requests: 0 };
}

type ItemMap = Readonly<Record<string, ItemValue | undefined>>;

function isMap(value: ItemValue): value is ItemMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGiven(value: ItemValue | undefined): value is ItemValue {
  return value !== undefined && value !== null;
}

function numbers<Name extends string>(map: ItemMap, names: readonly Name[]): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const value = map[name];
    if (isGiven(value)) found[name] = typeof value === 'number' && value > 0 ? Math.floor(value) : 0;
  }
  return found;
}
