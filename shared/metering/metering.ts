import type { DialectName } from '../chat/dialect.ts';
import type { LogFields, Logger } from '../logging/logger.ts';
import type { Table } from '../store/table.ts';
import type { Calendar } from './calendar.ts';
import { KeyMeters } from './key-meters.ts';
import { QueuedRequests } from './queued-requests.ts';
import { type UsageKind, type UsageRow, writeUsageRow } from './usage-row.ts';

/** What the meter has to know of a route. */
export interface MeteredRoute {
  readonly path: string;
  readonly dialect: DialectName;
  readonly kind: UsageKind;
}

export interface MeteringOptions {
  readonly table: Table;
  readonly calendar: Calendar;
  readonly logger: Logger;
  /** Milliseconds after which no job is open any more that was ordered before. */
  readonly longestJob: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Writes down what requests use, and charges their keys for it. Opened once per execution environment. */
export class Metering {
  readonly meters: KeyMeters;
  readonly queued: QueuedRequests;
  readonly calendar: Calendar;
  readonly longestJob: number;
  readonly now: () => number;
  readonly #options: MeteringOptions;

  constructor(options: MeteringOptions) {
    const { table, calendar, longestJob, now = Date.now } = options;
    this.#options = options;
    this.calendar = calendar;
    this.longestJob = longestJob;
    this.now = now;
    this.meters = new KeyMeters({ table, calendar, now });
    this.queued = new QueuedRequests({ table, calendar, meters: this.meters });
  }

  /** Writes a row. What can't be written is logged with all its numbers, so that it is not lost without a trace. Never throws. */
  async write(row: UsageRow): Promise<void> {
    const { table, logger } = this.#options;
    try {
      await writeUsageRow(table, row);
    } catch (error) {
      const { objects: _, ...numbers } = row;
      logger.warn('usage not stored', { error, usage: numbers satisfies LogFields });
    }
  }
}
