import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Calendar } from '../../../shared/metering/calendar.ts';
import { writeUsageRow } from '../../../shared/metering/usage-row.ts';
import { readRequestRange } from '../../../shared/usage/read-request-range.ts';
import { requestIdOf } from '../../../shared/usage/request-id.ts';
import { RequestLog } from '../../../shared/usage/request-log.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { anyRows, usageRow } from './usage-rows.ts';

const start = Date.parse('2026-11-20T00:00:00Z');
const hour = 3_600_000;
const calendar = new Calendar('UTC');
const now = () => start + 60 * hour;

/** The ids of all pages. */
async function pagesOf(log: RequestLog, query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after = ''; ; ) {
    const { rows, next } = await log.page(readRequestRange({ ...query, after }));
    ids.push(...rows.map(({ id }) => id));
    if (next === undefined) return ids;
    after = requestIdOf(next);
  }
}

describe('the log of requests', () => {
  it('gives each request that fits once, newest first, whatever the size of pages', async () => {
    const filter = fc.constantFrom(
      { wanted: {}, fits: () => true },
      { wanted: { kind: 'image' }, fits: ({ kind }: { kind: string }) => kind === 'image' },
      { wanted: { status: '429' }, fits: ({ status }: { status: number }) => status === 429 },
      { wanted: { key: 'key-two' }, fits: ({ keyId }: { keyId: string }) => keyId === 'key-two' },
    );
    await fc.assert(
      fc.asyncProperty(
        anyRows(start, start + 50 * hour),
        fc.integer({ min: 1, max: 7 }),
        filter,
        async (rows, limit, { wanted, fits }) => {
          const table = new MemoryTable();
          for (const row of rows) await writeUsageRow(table, row);
          const ids = await pagesOf(new RequestLog({ table, calendar, now }), { ...wanted, limit: String(limit) });
          const order = rows
            .filter(fits)
            .map(({ id, startedAt }) => ({ id, place: `${new Date(startedAt).toISOString()}#${id}` }))
            .sort((one, other) => (one.place < other.place ? 1 : -1));
          expect(ids).toEqual(order.map(({ id }) => id));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds each by its id, also after the time zone was changed, and no other', async () => {
    const table = new MemoryTable();
    const row = usageRow({ id: 'request-1', startedAt: start + hour });
    await writeUsageRow(table, row);
    for (const zone of ['UTC', 'America/New_York', 'Asia/Shanghai']) {
      const log = new RequestLog({ table, calendar: new Calendar(zone), now });
      expect(await log.find(requestIdOf(row))).toEqual(row);
      expect(await log.find(requestIdOf({ ...row, id: 'request-2' }))).toBeUndefined();
      expect(await log.find('request-1')).toBeUndefined();
    }
  });

  it.each([
    ['limit', { limit: '0' }],
    ['limit', { limit: '101' }],
    ['after', { after: 'request-1' }],
    ['kind', { kind: 'music' }],
    ['status', { status: 'bad' }],
    ['colour', { colour: 'red' }],
  ])('refuses a wrong %s', (param, query) => {
    expect(() => readRequestRange(query)).toThrow(expect.objectContaining({ param, status: 400 }));
  });
});

describe('the log of requests in DynamoDB', () => {
  let server: DynaliteServer;
  beforeAll(async () => {
    server = await startDynalite();
  });
  afterAll(() => server.close());

  it('lists pictures apart, and pages over days and partitions', async () => {
    const { table } = await server.newTable();
    const rows = Array.from({ length: 90 }, (_, index) =>
      usageRow({
        id: `request-${index}`,
        startedAt: start + index * 0.5 * hour,
        kind: index % 3 === 0 ? 'image' : 'chat',
      }),
    );
    await Promise.all(rows.map((row) => writeUsageRow(table, row)));
    const log = new RequestLog({ table, calendar, now });
    const newest = rows.toReversed().map(({ id }) => id);
    expect(await pagesOf(log, { limit: '7' })).toEqual(newest);
    const pictures = rows.filter(({ kind }) => kind === 'image').toReversed();
    expect(await log.pictures(10)).toEqual(pictures.slice(0, 10));
    const [, , third] = pictures;
    if (third === undefined) throw new Error('too few');
    const after = { requestId: third.id, startedAt: third.startedAt };
    expect(await log.pictures(100, after)).toEqual(pictures.slice(3));
  });
});
