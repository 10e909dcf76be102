import type { UsageEntry } from './usage-entry.ts';
import { addUsage, noUsage, type UsageNumbers } from './usage-numbers.ts';

/** By what usage can be told apart. */
export const usageDimensions = ['day', 'model', 'key', 'account'] as const;

export type UsageDimension = (typeof usageDimensions)[number];

/** The place of an entry in each dimension; `''` for none. */
export type UsagePlace = Readonly<Record<UsageDimension, string>>;

/** The sums of what is alike in the dimensions asked for; the place has `''` in the others. */
export interface UsageGroup {
  readonly place: UsagePlace;
  readonly numbers: UsageNumbers;
}

/** Sums up entries as they come, with the memory of its groups. */
export class GroupedUsage {
  readonly totals = noUsage();
  readonly #dimensions: readonly UsageDimension[];
  readonly #groups = new Map<string, UsageGroup>();

  constructor(dimensions: readonly UsageDimension[]) {
    this.#dimensions = dimensions;
  }

  get size(): number {
    return this.#groups.size;
  }

  add(entry: UsageEntry): void {
    const all = placeOf(entry);
    const name = JSON.stringify(this.#dimensions.map((dimension) => all[dimension]));
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = { place: this.#only(all), numbers: noUsage() };
      this.#groups.set(name, group);
    }
    addUsage(group.numbers, entry.numbers);
    addUsage(this.totals, entry.numbers);
  }

  /** By day, and within it the largest number of requests first. */
  sorted(): readonly UsageGroup[] {
    return [...this.#groups.values()].sort(
      (one, other) =>
        compare(one.place.day, other.place.day) ||
        other.numbers.requests - one.numbers.requests ||
        compare(JSON.stringify(one.place), JSON.stringify(other.place)),
    );
  }

  #only(place: UsagePlace): UsagePlace {
    const none = { day: '', model: '', key: '', account: '' };
    return { ...none, ...Object.fromEntries(this.#dimensions.map((dimension) => [dimension, place[dimension]])) };
  }
}

/** Where an entry stands in each dimension. */
export function placeOf({ day, model, keyId, account = '' }: UsageEntry): UsagePlace {
  return { day, model, key: keyId, account };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
