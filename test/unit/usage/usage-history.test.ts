import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { type UsageRow, writeUsageRow } from '../../../shared/metering/usage-row.ts';
import type { ItemKey } from '../../../shared/store/keys.ts';
import { daysOf } from '../../../shared/usage/day-name.ts';
import { GroupedUsage } from '../../../shared/usage/grouped-usage.ts';
import { rollUpUsage } from '../../../shared/usage/roll-up.ts';
import { entryOf } from '../../../shared/usage/usage-entry.ts';
import { UsageHistory } from '../../../shared/usage/usage-history.ts';
import { startDynalite } from '../../support/dynalite-table.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { anyRows, usageRow } from './usage-rows.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2026-11-10T00:00:00Z');
const calendar = new Calendar('UTC');

async function sumsOf(history: UsageHistory, from: string, to: string) {
  const grouped = new GroupedUsage(['day', 'model', 'key', 'account']);
  for await (const entry of history.entries(from, to)) grouped.add(entry);
  return { groups: grouped.sorted(), totals: grouped.totals };
}

function expected(rows: readonly UsageRow[]) {
  const grouped = new GroupedUsage(['day', 'model', 'key', 'account']);
  for (const row of rows) grouped.add(entryOf(row));
  return { groups: grouped.sorted(), totals: grouped.totals };
}

describe('the history of usage', () => {
  it('is what was written down, whenever the days are summed up, also by two at once and after a death', async () => {
    const act = fc.oneof(
      fc.record({ roll: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ dieAfter: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ wait: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ write: fc.integer({ min: 0, max: 30 }) }),
    );
    await fc.assert(
      fc.asyncProperty(anyRows(start, start + day), fc.array(act, { maxLength: 14 }), async (made, acts) => {
        const table = new DyingTable();
        const written: UsageRow[] = [];
        let now = start;
        const options = { table, calendar, now: () => now };
        const history = new UsageHistory(options);
        for (const each of acts) {
          if ('wait' in each) now += each.wait * hour;
          else if ('roll' in each) await Promise.all(Array.from({ length: each.roll }, () => rollUpUsage(options)));
          else if ('dieAfter' in each) {
            table.putsLeft = each.dieAfter;
            await rollUpUsage(options).catch(() => {});
            table.putsLeft = Number.POSITIVE_INFINITY;
          } else {
            // Requests of just now, and some that have begun an hour ago.
            for (const row of made.slice(0, each.write)) {
              const startedAt = now - (written.length % 2) * hour;
              const name = calendar.day(startedAt).name;
              const own = { ...row, id: `request-${written.length}`, startedAt, day: name };
              await writeUsageRow(table, own);
              written.push(own);
            }
          }
        }
        expect(await sumsOf(history, '2026-11-01', '2027-01-31')).toEqual(expected(written));
      }),
      { numRuns: 60 },
    );
  });

  it('stays when the rows are gone, with the last name of a key that is gone, too', async () => {
    const table = new MemoryTable();
    let now = start + 10 * hour;
    const options = { table, calendar, now: () => now };
    await table.put({ pk: 'keys', sk: 'a'.repeat(64) }, { id: 'key-one', name: 'reading room', role: 'user' });
    const row = usageRow({ id: 'request-1', startedAt: now });
    await writeUsageRow(table, row);
    now += day;
    expect(await rollUpUsage(options)).toMatchObject({ sums: 1 });
    expect(await rollUpUsage(options)).toEqual({ days: [], sums: 0 });
    now += 60 * day;
    await table.delete({ pk: 'keys', sk: 'a'.repeat(64) });
    for (const shard of [0, 1, 2, 3]) await clear(table, `usage#2026-11-10#${shard}`);
    const entries = [];
    for await (const entry of new UsageHistory(options).entries('2026-11-10', '2026-11-10')) entries.push(entry);
    expect(entries).toEqual([{ ...entryOf(row), keyName: 'reading room' }]);
  });

  it('sums up days that nobody was awake for, as long as their rows are there', async () => {
    const table = new MemoryTable();
    const now = start + 20 * day;
    await writeUsageRow(table, usageRow({ id: 'request-1', startedAt: start }));
    const { days } = await rollUpUsage({ table, calendar, now: () => now });
    expect(days).toEqual(daysOf('2026-10-22', '2026-11-29'));
  });
});

describe('the history of usage in DynamoDB', () => {
  let server: Awaited<ReturnType<typeof startDynalite>>;
  beforeAll(async () => {
    server = await startDynalite();
  });
  afterAll(() => server.close());

  it('is read over the ends of pages, days and partitions, in the days of its time zone', async () => {
    const { table } = await server.newTable();
    const shanghai = new Calendar('Asia/Shanghai');
    const rows = Array.from({ length: 1200 }, (_, index) => {
      const startedAt = start + index * 60_000;
      return usageRow({ id: `request-${index}`, startedAt, day: shanghai.day(startedAt).name, model: `m${index % 7}` });
    });
    await Promise.all(rows.map((row) => writeUsageRow(table, row)));
    let now = start + 2 * day;
    const options = { table, calendar: shanghai, now: () => now };
    const history = new UsageHistory(options);
    const raw = await sumsOf(history, '2026-11-01', '2026-11-30');
    expect(raw).toEqual(expected(rows));
    expect(new Set(raw.groups.map(({ place }) => place.day))).toEqual(new Set(['2026-11-10', '2026-11-11']));
    now += 5 * day;
    await rollUpUsage(options);
    expect(await sumsOf(history, '2026-11-01', '2026-11-30')).toEqual(raw);
    expect((await sumsOf(history, '2026-11-11', '2026-11-11')).totals.requests).toBe(1200 - 960);
  });
});

/** Whoever writes into it dies after some writes. */
class DyingTable extends MemoryTable {
  putsLeft = Number.POSITIVE_INFINITY;

  override async put(...words: Parameters<MemoryTable['put']>): Promise<boolean> {
    if (this.putsLeft === 0) throw new Error('dead');
    this.putsLeft -= 1;
    return super.put(...words);
  }
}

async function clear(table: MemoryTable, partition: string): Promise<void> {
  for (const item of await table.query(partition)) {
    const key: ItemKey = { pk: partition, sk: String(item.sk) };
    await table.delete(key);
  }
}
