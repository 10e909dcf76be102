import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupedUsage, placeOf, usageDimensions } from '../../../shared/usage/grouped-usage.ts';
import { entryOf } from '../../../shared/usage/usage-entry.ts';
import { addUsage, noUsage } from '../../../shared/usage/usage-numbers.ts';
import { anyRows, usageRow } from './usage-rows.ts';

const start = Date.parse('2026-11-20T00:00:00Z');
const end = Date.parse('2026-11-23T00:00:00Z');

describe('sums of usage', () => {
  it('are the same in total however they are grouped, and every group is right', () => {
    fc.assert(
      fc.property(anyRows(start, end), fc.subarray([...usageDimensions]), (rows, dimensions) => {
        const entries = rows.map(entryOf);
        const grouped = new GroupedUsage(dimensions);
        for (const entry of entries) grouped.add(entry);
        const total = noUsage();
        for (const { numbers } of grouped.sorted()) addUsage(total, numbers);
        expect(total).toEqual(grouped.totals);
        expect(total.requests).toBe(rows.length);
        expect(total.upstreamTokens + total.tokenizerTokens + total.estimatedTokens).toBe(
          total.promptTokens + total.completionTokens,
        );
        for (const { place, numbers } of grouped.sorted()) {
          const own = entries.filter((entry) => dimensions.every((name) => placeOf(entry)[name] === place[name]));
          const sum = noUsage();
          for (const entry of own) addUsage(sum, entry.numbers);
          expect(numbers).toEqual(sum);
        }
      }),
    );
  });

  it('come by day, and within a day the most used first', () => {
    const grouped = new GroupedUsage(['day', 'model']);
    const add = (day: string, model: string) =>
      grouped.add(entryOf(usageRow({ id: 'a', startedAt: Date.parse(`${day}T12:00:00Z`), model })));
    for (const model of ['x', 'y', 'y']) add('2026-11-21', model);
    add('2026-11-20', 'z');
    expect(grouped.sorted().map(({ place }) => `${place.day} ${place.model}`)).toEqual([
      '2026-11-20 z',
      '2026-11-21 y',
      '2026-11-21 x',
    ]);
  });

  it('count who left as such, and not as an error', () => {
    const numbers = (facts: object) => entryOf(usageRow({ id: 'a', startedAt: start, ...facts })).numbers;
    expect(numbers({ status: 499, aborted: true })).toMatchObject({ errors: 0, aborted: 1 });
    expect(numbers({ status: 200, errorCode: 'upstream_stalled' })).toMatchObject({ errors: 1, aborted: 0 });
    expect(numbers({ status: 503 })).toMatchObject({ errors: 1 });
    expect(numbers({})).toMatchObject({ errors: 0, aborted: 0, requests: 1 });
  });
});
