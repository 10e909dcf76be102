/** A stretch of time that budgets are counted for. */
export interface Period {
  /** Its name: `2026-11-22` for a day, `2026-11` for a month. */
  readonly name: string;
  /** Epoch milliseconds of its first moment after it. */
  readonly end: number;
}

/** Milliseconds by which the longest period ends for sure. */
const longest = { day: 50 * 3_600_000, month: 33 * 86_400_000 };
/** Characters of a date that name the period. */
const nameLength = { day: 10, month: 7 };

/** Days and months of one time zone. */
export class Calendar {
  /** The date of a time, in epoch milliseconds; it begins as `2026-11-22`. */
  readonly #dateAt: (time: number) => string;
  /** The periods asked for last, since most questions are about now. */
  readonly #known: { day?: Period & { from: number }; month?: Period & { from: number } } = {};

  /** @param timeZone an IANA name, such as `Asia/Shanghai`. @throws RangeError when there is no such zone. */
  constructor(timeZone: string) {
    this.#dateAt = timeZone === 'UTC' ? dateInUtc : datesIn(timeZone);
  }

  /** @param time epoch milliseconds. */
  day(time: number): Period {
    return this.#period('day', time);
  }

  /** @param time epoch milliseconds. */
  month(time: number): Period {
    return this.#period('month', time);
  }

  #period(kind: 'day' | 'month', time: number): Period {
    const known = this.#known[kind];
    if (known !== undefined && time >= known.from && time < known.end) return known;
    const name = this.#name(kind, time);
    const found = { name, end: this.#endOf(kind, name, time), from: time };
    this.#known[kind] = found;
    return found;
  }

  // Looked for rather than computed: clocks change, at midnight too, and some days have no midnight.
  #endOf(kind: 'day' | 'month', name: string, time: number): number {
    let within = time;
    let beyond = time + longest[kind];
    while (beyond - within > 1) {
      const middle = Math.floor((within + beyond) / 2);
      if (this.#name(kind, middle) === name) within = middle;
      else beyond = middle;
    }
    return beyond;
  }

  #name(kind: 'day' | 'month', time: number): string {
    return this.#dateAt(time).slice(0, nameLength[kind]);
  }
}

/** The zone of most gateways, for which nothing of Node's tables of zones has to be loaded at a cold start. */
function dateInUtc(time: number): string {
  return new Date(time).toISOString();
}

function datesIn(timeZone: string): (time: number) => string {
  const dates = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (time) => {
    const parts = dates.formatToParts(time);
    const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
    return `${part('year')}-${part('month')}-${part('day')}`;
  };
}
