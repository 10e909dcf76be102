import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import type { Table } from '../../../shared/store/table.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';

const key = { pk: 'partition', sk: 'item' };
let dynalite: DynaliteServer;
let table: Table;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  ({ table } = await dynalite.newTable());
});
afterAll(() => dynalite.close());

describe('updateAndRead', () => {
  it('gives the whole item as it is after the write', async () => {
    await table.put(key, { kept: 'yes', gone: 1 });
    const item = await table.updateAndRead(key, { set: { name: 'new' }, remove: ['gone'] });
    expect(item).toEqual({ ...key, kept: 'yes', name: 'new' });
    expect(await table.get(key, { consistent: true })).toEqual(item);
  });

  it('gives nothing when the condition does not hold', async () => {
    await table.put(key, { until: 5 });
    expect(await table.updateAndRead(key, { set: { until: 9 } }, { atMost: { until: 4 } })).toBeUndefined();
    expect(await table.get(key, { consistent: true })).toMatchObject({ until: 5 });
  });

  it('tells of a table that is away', async () => {
    const passing = await startDynalite();
    const away = await passing.newTable();
    await passing.close();
    await expect(away.table.updateAndRead(key, { set: { a: 1 } })).rejects.toThrow(StoreUnavailableError);
  });
});

describe('add', () => {
  it('counts from what is stored, or from nothing', async () => {
    expect(await table.updateAndRead(key, { add: { count: 1 } })).toMatchObject({ count: 1 });
    expect(await table.updateAndRead(key, { set: { other: true }, add: { count: 2 } })).toMatchObject({ count: 3 });
  });

  it('gives everybody a number of their own', async () => {
    const items = await Promise.all(Array.from({ length: 20 }, () => table.updateAndRead(key, { add: { count: 1 } })));
    expect(new Set(items.map((item) => item?.count)).size).toBe(20);
  });
});
