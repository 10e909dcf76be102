import type { Attributes } from '../store/attributes.ts';
import { usageDayKey, usageDaysPartition, usageRolledKey, usageRolledPartition } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import type { UsageEntry } from './usage-entry.ts';
import { noUsage, usageNames } from './usage-numbers.ts';

const pageSize = 1000;

/** The sums of finished days, for good. All methods throw StoreUnavailableError. */
export class DayRows {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Writes whole sums over those that were there: doing it again changes nothing. */
  async write({ numbers, ...facts }: UsageEntry): Promise<void> {
    await this.#table.put(usageDayKey(facts), { ...facts, ...numbers });
  }

  /** Notes that all sums of a day are written. @param today when they were made. */
  async markRolled(day: string, today: string): Promise<void> {
    await this.#table.put(usageRolledKey(day), { today });
  }

  /** Of each day from one to another whose sums are written, the day on which they were made. */
  async rolled(from: string, to: string): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for await (const item of this.#between(usageRolledPartition, from, to)) {
      found.set(dayOf(item), textAttribute(item, 'today') ?? '');
    }
    return found;
  }

  /** The sums of all days from one to another, both included. */
  async *entries(from: string, to: string): AsyncGenerator<UsageEntry, void, undefined> {
    for await (const item of this.#between(usageDaysPartition, from, to)) {
      const entry = readEntry(item);
      if (entry !== undefined) yield entry;
    }
  }

  async *#between(partition: string, from: string, to: string): AsyncGenerator<Attributes, void, undefined> {
    // Rows of a day sort behind its name, for what follows it there.
    for (let after = from; ; ) {
      const items = await this.#table.part(partition, { limit: pageSize, after });
      for (const item of items) {
        if (dayOf(item) > to) return;
        yield item;
      }
      const last = items.at(-1);
      if (last === undefined || items.length < pageSize) return;
      after = textAttribute(last, 'sk') ?? '';
    }
  }
}

function dayOf(item: Attributes): string {
  return (textAttribute(item, 'sk') ?? '').slice(0, 10);
}

function readEntry(item: Attributes): UsageEntry | undefined {
  const keyId = textAttribute(item, 'keyId');
  const model = textAttribute(item, 'model');
  if (keyId === undefined || model === undefined) return undefined;
  const numbers = noUsage();
  for (const name of usageNames) numbers[name] = numberAttribute(item, name) ?? 0;
  const [keyName, account] = [textAttribute(item, 'keyName'), textAttribute(item, 'account')];
  return { day: dayOf(item), keyId, keyName, model, account, numbers };
}
