import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateError } from '../../../local/step-functions/language/state-error.ts';
import { only, openMachines, task } from './machine.ts';

const each = (state: object) => ({ ProcessorConfig: { Mode: 'INLINE' }, ...only(state) });

/** A function that counts how many of its calls are under way. */
function counted() {
  const counts = { now: 0, most: 0, all: 0 };
  const work = async (payload: unknown) => {
    counts.now += 1;
    counts.all += 1;
    counts.most = Math.max(counts.most, counts.now);
    await new Promise((resolve) => setImmediate(resolve));
    counts.now -= 1;
    return payload;
  };
  return { counts, work };
}

describe('Map', () => {
  it('gives the outputs in the order of the items, with a limit from a path', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (items, limit) => {
          const { counts, work } = counted();
          const map = {
            Type: 'Map',
            ItemsPath: '$.items',
            MaxConcurrencyPath: '$.limit',
            ItemSelector: { 'value.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'limit.$': '$.limit' },
            ItemProcessor: each(task('work', { OutputPath: '$.Payload' })),
          };
          const { run } = await openMachines(only(map), { work });
          const { end } = await run({ items, limit });
          expect(end?.output).toEqual(items.map((value, index) => ({ value, index, limit })));
          expect(counts.most).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 15 },
    ));

  it('runs as many at once as it may', async () => {
    const { promise: allBegun, resolve } = Promise.withResolvers<void>();
    let begun = 0;
    const work = async (payload: unknown) => {
      begun += 1;
      if (begun === 3) resolve();
      await allBegun;
      return payload;
    };
    const map = { Type: 'Map', MaxConcurrency: 3, ResultPath: null, ItemProcessor: each(task('work')) };
    const { run } = await openMachines(only(map), { work });
    expect((await run([1, 2, 3, 4])).end?.status).toBe('SUCCEEDED');
  });

  it('without a selector gives each item itself, and keeps its input when the result is dropped', async () => {
    const map = { Type: 'Map', ResultPath: null, ItemProcessor: each(task('work')) };
    const { counts, work } = counted();
    const { run } = await openMachines(only(map), { work });
    expect((await run([1, 2])).end?.output).toEqual([1, 2]);
    expect(counts.all).toBe(2);
  });

  it('fails with the first item’s error and begins no more, unless it is retried or caught', async () => {
    let calls = 0;
    const work = (payload: unknown) => {
      calls += 1;
      if (payload === 'bad') throw new StateError('Bad', 'item');
      return payload;
    };
    const map = { Type: 'Map', MaxConcurrency: 1, ItemProcessor: each(task('work', { OutputPath: '$.Payload' })) };
    const plain = await openMachines(only(map), { work });
    expect((await plain.run(['a', 'bad', 'c'])).end).toMatchObject({ status: 'FAILED', error: 'Bad' });
    expect(calls).toBe(2);

    const retried = await openMachines(only({ ...map, Retry: [{ ErrorEquals: ['Bad'] }] }), {
      work: (payload, call) => (call <= 2 ? work(payload) : payload),
    });
    expect((await retried.run(['a', 'bad', 'c'])).end?.output).toEqual(['a', 'bad', 'c']);
  });

  it('refuses what is no list, and a limit that is none', async () => {
    const map = { Type: 'Map', ItemsPath: '$.items', MaxConcurrencyPath: '$.limit', ItemProcessor: each(task('work')) };
    const { run } = await openMachines(only(map), { work: () => 1 });
    expect((await run({ items: 'many', limit: 1 })).end).toMatchObject({ error: 'States.Runtime' });
    expect((await run({ items: [1], limit: 'few' })).end).toMatchObject({ error: 'States.Runtime' });
  });
});
