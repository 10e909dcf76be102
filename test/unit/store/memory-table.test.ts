import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Changes, Condition } from '../../../shared/store/expressions.ts';
import type { Table } from '../../../shared/store/table.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { MemoryTable } from '../../support/memory-table.ts';

let dynalite: DynaliteServer;

beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

const name = fc.constantFrom('one', 'two', 'three');
const number = fc.integer({ min: -3, max: 3 });
const numbers = fc.dictionary(name, number, { maxKeys: 2 });
const condition: fc.Arbitrary<Condition> = fc.record(
  { exists: fc.boolean(), equals: numbers, atMost: numbers },
  { requiredKeys: [] },
);
// An attribute may be named once in an update.
const changes: fc.Arbitrary<Changes> = fc
  .array(fc.tuple(name, number, fc.constantFrom('set', 'setOnce', 'add', 'remove')), { minLength: 1, maxLength: 3 })
  .map((parts) => {
    const named = new Map(parts.map((part) => [part[0], part]));
    const of = (kind: string) => [...named.values()].filter((part) => part[2] === kind);
    const values = (kind: string) => Object.fromEntries(of(kind).map(([attribute, value]) => [attribute, value]));
    const remove = of('remove').map(([attribute]) => attribute);
    return { set: values('set'), setOnce: values('setOnce'), add: values('add'), remove };
  });
const key = fc.constantFrom({ pk: 'p', sk: 'a' }, { pk: 'p', sk: 'b' });
const operation = fc.oneof(
  fc.record({ type: fc.constant('update' as const), key, changes, condition }),
  fc.record({ type: fc.constant('put' as const), key, attributes: numbers, condition }),
  fc.record({ type: fc.constant('delete' as const), key, condition }),
  fc.record({ type: fc.constant('query' as const) }),
  fc.record({
    type: fc.constant('part' as const),
    limit: fc.integer({ min: 1, max: 3 }),
    edge: fc.constantFrom('after', 'before', 'none'),
    sk: fc.constantFrom('A', 'a', 'aa', 'b'),
  }),
);
type Operation = typeof operation extends fc.Arbitrary<infer Kind> ? Kind : never;

async function run(table: Table, step: Operation): Promise<unknown> {
  switch (step.type) {
    case 'update':
      return (await table.updateAndRead(step.key, step.changes, step.condition)) ?? 'refused';
    case 'put':
      return table.put(step.key, step.attributes, step.condition);
    case 'delete':
      return table.delete(step.key, step.condition);
    case 'part':
      return table.part('p', { limit: step.limit, ...(step.edge !== 'none' && { [step.edge]: step.sk }) });
    case 'query':
      return table.query('p', { consistent: true });
  }
}

it('the table in memory does what dynalite does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { table } = await dynalite.newTable();
      const memory = new MemoryTable();
      for (const step of steps) expect(await run(memory, step)).toEqual(await run(table, step));
      expect(await memory.query('p')).toEqual(await table.query('p', { consistent: true }));
    }),
    { numRuns: 60 },
  );
}, 60_000);
