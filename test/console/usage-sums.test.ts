import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf, rangeNames, rangeOf, todayIn } from '../../console/src/pages/usage/day-range.ts';
import type { UsageEntry } from '../../console/src/pages/usage/usage-answer.ts';
import { measureOf, measures, seriesByDay, sumGroups } from '../../console/src/pages/usage/usage-sums.ts';

const range = { from: '2026-11-20', to: '2026-11-22' };

function entry(day: string, model: string, total_tokens: number, more: Partial<UsageEntry> = {}): UsageEntry {
  return {
    day,
    model,
    requests: 1,
    errors: 0,
    aborted: 0,
    prompt_tokens: total_tokens,
    completion_tokens: 0,
    reasoning_tokens: 0,
    total_tokens,
    tokens_by_source: { upstream: total_tokens, tokenizer: 0, estimate: 0 },
    images: 0,
    video_seconds: 0,
    ...more,
  };
}

describe('a range of days', () => {
  it.each([
    ['today', '2026-03-01', { from: '2026-03-01', to: '2026-03-01' }],
    ['week', '2026-03-01', { from: '2026-02-23', to: '2026-03-01' }],
    ['month', '2026-03-01', { from: '2026-01-31', to: '2026-03-01' }],
    ['quarter', '2026-03-01', { from: '2025-12-02', to: '2026-03-01' }],
    ['calendar-month', '2026-03-31', { from: '2026-03-01', to: '2026-03-31' }],
  ] as const)('%s until %s is %j', (name, today, expected) => {
    expect(rangeOf(name, today)).toEqual(expected);
  });

  it('has each of its days once, also over the ends of months and years', () => {
    expect(daysOf({ from: '2027-12-30', to: '2028-01-02' })).toEqual([
      '2027-12-30',
      '2027-12-31',
      '2028-01-01',
      '2028-01-02',
    ]);
    expect(daysOf({ from: '2028-02-28', to: '2028-03-01' })).toHaveLength(3);
    for (const name of rangeNames)
      if (name !== 'own') expect(daysOf(rangeOf(name, '2026-11-22')).at(-1)).toBe('2026-11-22');
  });

  it('ends with the day that it is where the gateway counts', () => {
    const evening = Date.parse('2026-11-22T18:30:00Z');
    expect(todayIn('UTC', evening)).toBe('2026-11-22');
    expect(todayIn('Asia/Shanghai', evening)).toBe('2026-11-23');
    expect(todayIn('America/Los_Angeles', Date.parse('2026-11-22T05:00:00Z'))).toBe('2026-11-21');
  });
});

describe('sums of usage', () => {
  it('put the largest of the measure first, and what nobody had a part in under an empty id', () => {
    const groups = sumGroups(
      [
        entry('2026-11-20', 'small', 5, { account: 'account-1', images: 9 }),
        entry('2026-11-21', 'large', 50, { account: null }),
        entry('2026-11-22', 'small', 5, { account: 'account-1' }),
      ],
      'account',
      'tokens',
    );
    expect(groups.map(({ id, requests, total_tokens }) => [id, requests, total_tokens])).toEqual([
      ['', 1, 50],
      ['account-1', 2, 10],
    ]);
    expect(
      sumGroups([entry('2026-11-20', 'a', 9), entry('2026-11-20', 'b', 1, { images: 2 })], 'model', 'images')[0]?.id,
    ).toBe('b');
  });

  it('have a bar for each day, also for those without usage', () => {
    const { bars, ids, hasRest } = seriesByDay([entry('2026-11-21', 'one', 7)], {
      range,
      dimension: 'model',
      measure: 'tokens',
    });
    expect({ ids, hasRest }).toEqual({ ids: ['one'], hasRest: false });
    expect(bars).toEqual([
      { label: '2026-11-20', parts: [0] },
      { label: '2026-11-21', parts: [7] },
      { label: '2026-11-22', parts: [0] },
    ]);
  });

  it('put what is beyond five series together', () => {
    const entries = [9, 8, 7, 6, 5, 4].map((tokens) => entry('2026-11-22', `model-${tokens}`, tokens));
    const series = seriesByDay(entries, { range, dimension: 'model', measure: 'tokens' });
    expect(series.ids).toEqual(['model-9', 'model-8', 'model-7', 'model-6']);
    expect(series.hasRest).toBe(true);
    expect(series.bars.at(-1)?.parts).toEqual([9, 8, 7, 6, 9]);
    const five = seriesByDay(entries.slice(1), { range, dimension: 'model', measure: 'tokens' });
    expect(five.ids).toHaveLength(5);
    expect(five.hasRest).toBe(false);
  });

  it('lose nothing and count nothing twice', () => {
    const entries = fc.array(
      fc
        .record({
          day: fc.constantFrom(...daysOf(range)),
          model: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f', 'g'),
          tokens: fc.nat(1000),
          images: fc.nat(3),
          video_seconds: fc.nat(5),
        })
        .map(({ day, model, tokens, ...more }) => entry(day, model, tokens, more)),
    );
    fc.assert(
      fc.property(entries, fc.constantFrom(...measures), (all, measure) => {
        const expected = all.reduce((sum, one) => sum + measureOf(one, measure), 0);
        const groups = sumGroups(all, 'model', measure);
        const { bars } = seriesByDay(all, { range, dimension: 'model', measure });
        const inBars = bars.flatMap(({ parts }) => parts).reduce((sum, part) => sum + part, 0);
        expect(groups.reduce((sum, group) => sum + measureOf(group, measure), 0)).toBe(expected);
        expect(inBars).toBe(expected);
        expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
      }),
    );
  });
});
