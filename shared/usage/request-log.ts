import type { Calendar } from '../metering/calendar.ts';
import { placeOfUsage, readUsageRow, type UsageRow } from '../metering/usage-row.ts';
import { imageRequestsList } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { plusDays } from './day-name.ts';
import { newestOfDay } from './raw-rows.ts';
import { type RequestPlace, readRequestId } from './request-id.ts';
import { rawDays } from './roll-up.ts';

export interface RequestLogOptions {
  readonly table: Table;
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Which requests are wanted. */
export interface RequestRange {
  /** From 1. */
  readonly limit: number;
  /** Only those that come behind this one. */
  readonly after?: RequestPlace | undefined;
  readonly matches: (row: UsageRow) => boolean;
}

/** A part of the log, newest first. */
export interface RequestPage {
  readonly rows: readonly UsageRow[];
  /** The last request that was looked at, where there may be more behind it. */
  readonly next: UsageRow | undefined;
}

/** Requests that one page looks at: a filter that nothing fits must not read the whole log at once. */
const mostLookedAt = 10_000;
/** Rows that one read gives at most. */
const largestStep = 500;

/** The requests of the last 40 days. All methods throw StoreUnavailableError. */
export class RequestLog {
  readonly #table: Table;
  readonly #calendar: Calendar;
  readonly #now: () => number;

  constructor({ table, calendar, now = Date.now }: RequestLogOptions) {
    this.#table = table;
    this.#calendar = calendar;
    this.#now = now;
  }

  /** One page, newest first. */
  async page({ limit, after, matches }: RequestRange): Promise<RequestPage> {
    const rows: UsageRow[] = [];
    let lookedAt = 0;
    let last: UsageRow | undefined;
    for await (const row of this.#newest(after, limit)) {
      if (rows.length === limit || lookedAt === mostLookedAt) return { rows, next: last };
      lookedAt += 1;
      last = row;
      if (matches(row)) rows.push(row);
    }
    return { rows, next: undefined };
  }

  /**
   * The requests for pictures, newest first, a moment after they were made.
   *
   * @param after only those that come behind this one.
   */
  async pictures(limit: number, after?: RequestPlace): Promise<readonly UsageRow[]> {
    const before = after && placeOfUsage({ id: after.requestId, startedAt: after.startedAt, day: '' }).sk;
    const items = await this.#table.listed(imageRequestsList, { limit, before, descending: true });
    return items.flatMap((item) => readUsageRow(item) ?? []);
  }

  /** @param id as the API shows it. @returns `undefined` when there is no such request, or not any more. */
  async find(id: string): Promise<UsageRow | undefined> {
    const place = readRequestId(id);
    if (place === undefined) return undefined;
    const day = this.#dayOf(place);
    // Rows of before TIME_ZONE was changed may stand under the day beside it.
    for (const near of [day, plusDays(day, -1), plusDays(day, 1)]) {
      const key = placeOfUsage({ id: place.requestId, startedAt: place.startedAt, day: near });
      const item = await this.#table.get(key, { consistent: true });
      if (item !== undefined) return readUsageRow(item);
    }
    return undefined;
  }

  async *#newest(after: RequestPlace | undefined, limit: number): AsyncGenerator<UsageRow, void, undefined> {
    const today = this.#today();
    const newest = after === undefined ? today : this.#dayOf(after);
    const before = after && placeOfUsage({ id: after.requestId, startedAt: after.startedAt, day: newest }).sk;
    const step = Math.min(largestStep, limit + 1);
    for (let day = newest; day >= plusDays(today, -rawDays); day = plusDays(day, -1)) {
      // Places begin with the time, so that one bound is good for all days.
      for await (const { row } of newestOfDay(this.#table, day, { before, step })) yield row;
    }
  }

  #today(): string {
    return this.#calendar.day(this.#now()).name;
  }

  #dayOf({ startedAt }: RequestPlace): string {
    // A time that no clock can have had would be no date.
    return this.#calendar.day(Math.min(startedAt, this.#now())).name;
  }
}
