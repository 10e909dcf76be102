import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar } from '../../../shared/metering/calendar.ts';

const at = (text: string) => Date.parse(text);

describe('days and months of a time zone', () => {
  it.each([
    ['UTC', '2026-11-22T23:59:59.999Z', '2026-11-22', '2026-11-23T00:00:00.000Z'],
    ['Asia/Shanghai', '2026-11-22T16:00:00.000Z', '2026-11-23', '2026-11-23T16:00:00.000Z'],
    // 25 hours, and 23.
    ['America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-01', '2026-11-02T05:00:00.000Z'],
    ['America/New_York', '2026-03-08T05:00:00.000Z', '2026-03-08', '2026-03-09T04:00:00.000Z'],
    // A day that begins at one o'clock.
    ['America/Havana', '2026-03-07T12:00:00.000Z', '2026-03-07', '2026-03-08T05:00:00.000Z'],
  ])('in %s, %s is of %s until %s', (zone, time, day, end) => {
    expect(new Calendar(zone).day(at(time))).toMatchObject({ name: day, end: at(end) });
  });

  it('months end with their last day', () => {
    const calendar = new Calendar('Asia/Shanghai');
    const { name, end } = calendar.month(at('2026-11-30T15:59:59.999Z'));
    expect([name, new Date(end).toISOString()]).toEqual(['2026-11', '2026-11-30T16:00:00.000Z']);
    expect(calendar.month(end).name).toBe('2026-12');
    expect(calendar.month(at('2026-12-31T16:00:00Z')).name).toBe('2027-01');
  });

  it('follow each other without a gap, whatever was asked before', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns');
    const time = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
    fc.assert(
      fc.property(zones, fc.array(time, { minLength: 1, maxLength: 4 }), (zone, times) => {
        const calendar = new Calendar(zone);
        for (const moment of times) {
          for (const kind of ['day', 'month'] as const) {
            const { name, end } = calendar[kind](moment);
            expect(end).toBeGreaterThan(moment);
            expect(calendar[kind](end - 1).name).toBe(name);
            expect(calendar[kind](end).name > name).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are those of Node’s tables also where these are not asked', () => {
    const [plain, byTables] = [new Calendar('UTC'), new Calendar('Etc/UTC')];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), (time) => {
        for (const kind of ['day', 'month'] as const) expect(plain[kind](time)).toEqual(byTables[kind](time));
      }),
      { numRuns: 200 },
    );
  });

  it('are not made up for a zone that there is not', () => {
    expect(() => new Calendar('Asia/Nowhere')).toThrow(RangeError);
  });
});
