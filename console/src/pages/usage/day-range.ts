/** The ranges that one can choose; `own` has dates of its own. */
export const rangeNames = ['today', 'week', 'month', 'quarter', 'calendar-month', 'own'] as const;
export type RangeName = (typeof rangeNames)[number];

/** Days as `2026-11-22`, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const lengths = { today: 1, week: 7, month: 30, quarter: 90 } as const;

/** @param today as `2026-11-22`. */
export function rangeOf(name: Exclude<RangeName, 'own'>, today: string): DayRange {
  if (name === 'calendar-month') return { from: `${today.slice(0, 8)}01`, to: today };
  return { from: plusDays(today, 1 - lengths[name]), to: today };
}

/** The day that it is in a time zone. @param now epoch milliseconds. */
export function todayIn(timeZone: string, now: number): string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return format.format(now);
}

/** Every day of a range in its order. */
export function daysOf({ from, to }: DayRange): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = plusDays(day, 1)) days.push(day);
  return days;
}

function plusDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
