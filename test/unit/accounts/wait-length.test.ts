import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Wait, WaitCause } from '../../../shared/accounts/account.ts';
import { waitLength } from '../../../shared/accounts/wait-length.ts';

const second = 1000;
const hour = 3600 * second;
const after = (cause: WaitCause, length: number): Wait => ({ until: 0, cause, length, probeUntil: 0 });

describe('waitLength', () => {
  it.each<[WaitCause, number | undefined, Wait | undefined, number]>([
    ['limit', undefined, undefined, 60 * second],
    ['limit', 0, undefined, 60 * second],
    ['limit', 5, undefined, 5 * second],
    ['limit', 86_400, undefined, 900 * second],
    ['limit', undefined, after('limit', 60 * second), 120 * second],
    ['limit', 300, after('limit', 60 * second), 300 * second],
    ['limit', 5, after('limit', 60 * second), 120 * second],
    ['limit', undefined, after('limit', 800 * second), 900 * second],
    ['limit', undefined, after('quota', hour), 60 * second],
    ['quota', undefined, undefined, hour],
    ['quota', undefined, after('quota', hour), 2 * hour],
    ['quota', undefined, after('quota', 20 * hour), 24 * hour],
    ['quota', 1800, after('quota', 8 * hour), hour / 2],
    ['quota', 48 * 3600, undefined, 24 * hour],
    ['quota', undefined, after('limit', 900 * second), hour],
  ])('%s, told %s s, after %o', (cause, told, probed, expected) => {
    expect(waitLength(cause, told, probed)).toBe(expected);
  });

  it('never grows beyond its cap, and never shrinks while probes fail without a word', () => {
    fc.assert(
      fc.property(fc.constantFrom<WaitCause>('limit', 'quota'), fc.integer({ min: 1, max: 20 }), (cause, times) => {
        let wait: Wait | undefined;
        for (let time = 0; time < times; time++) {
          const length = waitLength(cause, undefined, wait);
          expect(length).toBeGreaterThanOrEqual(wait?.length ?? 0);
          expect(length).toBeLessThanOrEqual(cause === 'limit' ? 900 * second : 24 * hour);
          wait = after(cause, length);
        }
      }),
    );
  });
});
