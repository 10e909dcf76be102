import type { Calendar } from '../metering/calendar.ts';
import type { Table } from '../store/table.ts';
import { daysOf, plusDays } from './day-name.ts';
import { DayRows } from './day-rows.ts';
import { rowsOfDay } from './raw-rows.ts';
import { rawDays } from './roll-up.ts';
import { entryOf, type UsageEntry } from './usage-entry.ts';

/** Days after a day on which all that began on it is written down. */
const settledDays = 2;

export interface UsageHistoryOptions {
  readonly table: Table;
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What was used on which day: past days from their sums, the newest ones from the rows of single requests. */
export class UsageHistory {
  readonly #table: Table;
  readonly #rows: DayRows;
  readonly #calendar: Calendar;
  readonly #now: () => number;

  constructor({ table, calendar, now = Date.now }: UsageHistoryOptions) {
    this.#table = table;
    this.#rows = new DayRows(table);
    this.#calendar = calendar;
    this.#now = now;
  }

  /** The day that it is now, as `2026-11-22`. */
  get today(): string {
    return this.#calendar.day(this.#now()).name;
  }

  /**
   * Everything of the days from one to another, both included, in no order.
   *
   * @throws StoreUnavailableError
   */
  async *entries(from: string, to: string): AsyncGenerator<UsageEntry, void, undefined> {
    const days = await this.#daysOfRows(from, to);
    for await (const entry of this.#rows.entries(from, to)) {
      if (!days.has(entry.day)) yield entry;
    }
    for (const day of days) {
      for await (const row of rowsOfDay(this.#table, day)) yield { ...entryOf(row), day };
    }
  }

  /** The days that have rows, and no sums that can be relied on: today, yesterday, and those that were summed up too soon. */
  async #daysOfRows(from: string, to: string): Promise<ReadonlySet<string>> {
    const { today } = this;
    const first = plusDays(today, -rawDays);
    const [start, end] = [from > first ? from : first, to < today ? to : today];
    if (start > end) return new Set();
    const rolled = await this.#rows.rolled(start, end);
    return new Set(daysOf(start, end).filter((day) => (rolled.get(day) ?? '') < plusDays(day, settledDays)));
  }
}
