import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PoolCoolingError } from '../../../shared/accounts/no-account-errors.ts';
import { ContentFilterError } from '../../../shared/chat/errors/answer-faults.ts';
import { makeSeveral, type Outcome } from '../../../shared/images/make-several.ts';

async function all<Made>(outcomes: AsyncIterable<Outcome<Made>>): Promise<readonly Outcome<Made>[]> {
  const list: Outcome<Made>[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
}

describe('makeSeveral', () => {
  it('gives each as it comes, whatever the order', async () => {
    const ends = [0, 1, 2].map(() => Promise.withResolvers<string>());
    let begun = 0;
    const outcomes = makeSeveral(3, () => ends[begun++]?.promise ?? Promise.reject(new Error('too many')));
    const first = outcomes.next();
    ends[2]?.resolve('third');
    expect((await first).value).toEqual({ index: 2, made: 'third' });
    const second = outcomes.next();
    ends[0]?.reject(new ContentFilterError('no'));
    expect((await second).value).toMatchObject({ index: 0, error: { code: 'content_filter' } });
    ends[1]?.resolve('second');
    expect(await all(outcomes)).toEqual([{ index: 1, made: 'second' }]);
    expect(begun).toBe(3);
  });

  it('makes one after another when there is one account', async () => {
    let taken = false;
    const work = async () => {
      if (taken) throw new PoolCoolingError('all are busy');
      taken = true;
      await Promise.resolve();
      await new Promise(setImmediate);
      taken = false;
      return 'made';
    };
    expect(await all(makeSeveral(4, work))).toHaveLength(4);
    expect((await all(makeSeveral(4, work))).every((outcome) => 'made' in outcome)).toBe(true);
  });

  it('ends, with exactly one outcome for each, whatever fails', async () => {
    const step = fc.constantFrom('made', 'cooling', 'refused');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 30 }), async (count, steps) => {
        const left = [...steps];
        const work = async () => {
          const next = left.shift();
          if (next === 'made') return next;
          throw next === 'refused' ? new ContentFilterError('no') : new PoolCoolingError('busy');
        };
        const outcomes = await all(makeSeveral(count, work));
        expect(outcomes.map(({ index }) => index).toSorted()).toEqual(
          Array.from({ length: count }, (_, index) => index),
        );
      }),
    );
  });
});
