import { DynamoDBClient, ProvisionedThroughputExceededException, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ItemValue } from '../../../shared/store/attributes.ts';
import { flagAttribute, numberAttribute, textAttribute } from '../../../shared/store/read-attribute.ts';
import { ConfigurationError, StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { openTable, Table } from '../../../shared/store/table.ts';
import { type DynaliteServer, startDynalite, type TestTable } from '../../support/dynalite-table.ts';

let dynalite: DynaliteServer;
let fresh: TestTable;
let table: Table;
const key = { pk: 'partition', sk: 'item' };

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fresh = await dynalite.newTable();
  table = fresh.table;
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => dynalite.close());

describe('values', () => {
  const { value } = fc.letrec<{ value: ItemValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      // DynamoDB keeps 38 digits and exponents up to 125.
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e120, max: 1e120 }).filter((n) => Math.abs(n) > 1e-120),
      fc.constant(0),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== '__proto__'),
        tie('value'),
        {
          maxKeys: 3,
        },
      ),
    ),
  }));

  it('come back as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (written) => {
        await table.put(key, { written });
        expect((await table.get(key, { consistent: true }))?.written).toEqual(plain(written));
      }),
      { numRuns: 60 },
    );
  });

  it('leave undefined attributes out', async () => {
    await table.put(key, { here: 1, away: undefined });
    expect(await table.get(key)).toEqual({ ...key, here: 1 });
  });

  it('are read loosely, by kind', async () => {
    const item = { word: 'a', count: 3, on: true, broken: Number.NaN };
    expect([textAttribute(item, 'word'), textAttribute(item, 'count')]).toEqual(['a', undefined]);
    expect([numberAttribute(item, 'count'), numberAttribute(item, 'word')]).toEqual([3, undefined]);
    expect([numberAttribute(item, 'broken'), numberAttribute(item, 'away')]).toEqual([undefined, undefined]);
    expect([flagAttribute(item, 'on'), flagAttribute(item, 'word')]).toEqual([true, false]);
  });
});

describe('put', () => {
  it('replaces a whole item', async () => {
    expect(await table.put(key, { first: 1 })).toBe(true);
    expect(await table.put(key, { second: 2 })).toBe(true);
    expect(await table.get(key)).toEqual({ ...key, second: 2 });
  });

  it('does nothing when the condition fails', async () => {
    expect(await table.put(key, { turn: 1 }, { exists: false })).toBe(true);
    expect(await table.put(key, { turn: 2 }, { exists: false })).toBe(false);
    expect(await table.get(key)).toMatchObject({ turn: 1 });
  });

  it('has one winner among racing writers', async () => {
    const racers = Array.from({ length: 20 }, (_, turn) => table.put(key, { turn }, { exists: false }));
    expect((await Promise.all(racers)).filter(Boolean)).toHaveLength(1);
  });
});

describe('update', () => {
  it('changes, removes and sets once', async () => {
    await table.put(key, { name: 'old', reserved: 1, other: 'stays', owner: 'first' });
    const changes = {
      set: { name: 'new', away: undefined },
      setOnce: { owner: 'second', size: 3 },
      remove: ['reserved'],
    };
    expect(await table.update(key, changes)).toBe(true);
    expect(await table.get(key)).toEqual({ ...key, name: 'new', other: 'stays', owner: 'first', size: 3 });
  });

  it('makes a missing item, unless it must exist', async () => {
    expect(await table.update(key, { set: { count: 1 } }, { exists: true })).toBe(false);
    expect(await table.get(key)).toBeUndefined();
    expect(await table.update(key, { set: { count: 1 } })).toBe(true);
    expect(await table.get(key)).toEqual({ ...key, count: 1 });
  });

  it('may change nothing and only ask', async () => {
    await table.put(key, { count: 1 });
    expect(await table.update(key, {}, { equals: { count: 1 } })).toBe(true);
    expect(await table.update(key, { set: {}, remove: [] }, { equals: { count: 2 } })).toBe(false);
    expect(await table.get(key)).toEqual({ ...key, count: 1 });
  });

  it.each([
    ['the same value', { equals: { secret: 'a' } }, true],
    ['another value', { equals: { secret: 'b' } }, false],
    ['an absent attribute', { equals: { away: 'a' } }, false],
    ['a number below the bound', { atMost: { until: 11 } }, true],
    ['a number at the bound', { atMost: { until: 10 } }, true],
    ['a number above the bound', { atMost: { until: 9 } }, false],
    ['no number at all', { atMost: { away: 1 } }, true],
    ['all parts of a condition', { exists: true, equals: { secret: 'a' }, atMost: { until: 10 } }, true],
    ['all parts but one', { exists: true, equals: { secret: 'a' }, atMost: { until: 9 } }, false],
    ['absence', { exists: false }, false],
  ])('heeds a condition on %s', async (_, condition, expected) => {
    await table.put(key, { secret: 'a', until: 10, changed: false });
    expect(await table.update(key, { set: { changed: true } }, condition)).toBe(expected);
    expect(await table.get(key)).toMatchObject({ changed: expected });
  });
});

describe('delete', () => {
  it('removes an item under its condition', async () => {
    await table.put(key, { source: 'environment' });
    expect(await table.delete(key, { equals: { source: 'other' } })).toBe(false);
    expect(await table.get(key)).toBeDefined();
    expect(await table.delete(key, { equals: { source: 'environment' } })).toBe(true);
    expect(await table.get(key)).toBeUndefined();
    expect(await table.delete(key)).toBe(true);
  });
});

describe('query', () => {
  it('gives one partition in order', async () => {
    for (const sk of ['c', 'a', 'b']) await table.put({ pk: 'one', sk }, {});
    await table.put({ pk: 'two', sk: 'd' }, {});
    expect((await table.query('one')).map((item) => item.sk)).toEqual(['a', 'b', 'c']);
    expect(await table.query('three')).toEqual([]);
  });

  it('goes on over all pages', async () => {
    const filling = 'x'.repeat(200_000);
    for (let turn = 0; turn < 12; turn++) await table.put({ pk: 'large', sk: `${turn}` }, { filling });
    expect(await table.query('large')).toHaveLength(12);
    expect(fresh.count('QueryCommand')).toBeGreaterThan(1);
  });
});

describe('a store in trouble', () => {
  it('throws a typed error that says what kind, without the contents', async () => {
    const error = await dynalite
      .open('no-such-table')
      .table.put(key, { secret: 'hidden' })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(error).toMatchObject({ status: 503, code: 'store_unavailable' });
    expect(error.message).toContain('ResourceNotFoundException');
    expect(error.message).not.toContain('hidden');
  });

  it('throws the same for reads that are throttled', async () => {
    const client = new DynamoDBClient({ region: 'us-east-1' });
    const throttled = new ProvisionedThroughputExceededException({ message: 'slow down', $metadata: {} });
    mockClient(client).on(QueryCommand).rejects(throttled);
    await expect(new Table('any', client).query('one')).rejects.toThrow(StoreUnavailableError);
  });
});

describe('openTable', () => {
  it('takes the table from the environment, and the endpoint as the SDK does', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', dynalite.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const opened = openTable({ TABLE_NAME: fresh.name });
    await opened.put(key, { by: 'environment' });
    opened.close();
    expect(await table.get(key)).toMatchObject({ by: 'environment' });
  });

  it('says what is missing', () => {
    expect(() => openTable({})).toThrow(ConfigurationError);
    expect(() => openTable({ TABLE_NAME: '' })).toThrow('TABLE_NAME');
  });
});

// fast-check makes objects without a prototype and negative zeros, which no JSON-like store keeps.
function plain(value: ItemValue): unknown {
  return JSON.parse(JSON.stringify(value));
}
