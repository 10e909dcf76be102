const milliseconds = 86_400_000;

/** Whether a text names a day that there is, as `2026-11-22`. */
export function isDayName(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && plusDays(text, 0) === text;
}

/** @returns the day so many days later, or earlier when `count` is negative. */
export function plusDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * milliseconds).toISOString().slice(0, 10);
}

/** @returns how many days later `to` is than `from`. */
export function daysFrom(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / milliseconds;
}

/** All days from one to another, both included. */
export function daysOf(from: string, to: string): readonly string[] {
  return Array.from({ length: daysFrom(from, to) + 1 }, (_, index) => plusDays(from, index));
}
