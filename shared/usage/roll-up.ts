import { listStoredKeys } from '../keys/stored-keys.ts';
import type { Calendar } from '../metering/calendar.ts';
import type { Table } from '../store/table.ts';
import { daysOf, plusDays } from './day-name.ts';
import { DayRows } from './day-rows.ts';
import { rowsOfDay } from './raw-rows.ts';
import { entryOf, type UsageEntry } from './usage-entry.ts';
import { addUsage, noUsage, type UsageNumbers } from './usage-numbers.ts';

/** Days before today whose rows of single requests are there still, for sure. */
export const rawDays = 39;
/** Days after a day on which its sums are made anew: what began late on it may be written down on the next. */
const laterDays = 3;

export interface RollUpOptions {
  readonly table: Table;
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What one run did. */
export interface RollUpReport {
  /** The days whose sums were made. */
  readonly days: readonly string[];
  /** How many sums there are. */
  readonly sums: number;
}

/**
 * Sums up the requests of every finished day that has no sums yet, or none since its last rows may have come. Sums are
 * whole and written over the ones before, so that a run may die or run twice. Today is not summed up: it is read from
 * its rows.
 *
 * @throws StoreUnavailableError
 */
export async function rollUpUsage({ table, calendar, now = Date.now }: RollUpOptions): Promise<RollUpReport> {
  const today = calendar.day(now()).name;
  const [first, last] = [plusDays(today, -rawDays), plusDays(today, -1)];
  const rows = new DayRows(table);
  const rolled = await rows.rolled(first, last);
  const days = daysOf(first, last).filter((day) => {
    const settled = plusDays(day, laterDays);
    return (rolled.get(day) ?? '') < (settled < today ? settled : today);
  });
  if (days.length === 0) return { days, sums: 0 };
  const names = new Map((await listStoredKeys(table, false)).map(({ id, name }) => [id, name]));
  let sums = 0;
  for (const day of days) {
    for (const entry of await sumsOfDay(table, day)) {
      await rows.write({ ...entry, keyName: names.get(entry.keyId) });
      sums += 1;
    }
    await rows.markRolled(day, today);
  }
  return { days, sums };
}

async function sumsOfDay(table: Table, day: string): Promise<readonly UsageEntry[]> {
  const sums = new Map<string, UsageEntry & { readonly numbers: UsageNumbers }>();
  for await (const row of rowsOfDay(table, day)) {
    const { numbers, ...facts } = entryOf(row);
    const name = JSON.stringify([facts.keyId, facts.model, facts.account ?? null]);
    const sum = sums.get(name) ?? { ...facts, day, numbers: noUsage() };
    sums.set(name, sum);
    addUsage(sum.numbers, numbers);
  }
  return [...sums.values()];
}
