import { type DayRange, daysOf } from './day-range.ts';
import type { Dimension, UsageEntry, UsageNumbers } from './usage-answer.ts';

/** What a chart can show. */
export const measures = ['tokens', 'requests', 'images', 'video'] as const;
export type Measure = (typeof measures)[number];

/** The sums of one model, key or account over all days. */
export interface UsageGroup extends UsageNumbers {
  /** The model's name, or the id of a key or an account; empty for none. */
  readonly id: string;
}

/** Bars by day; the last series is that of all the rest when `hasRest` says so. */
export interface DaySeries {
  readonly ids: readonly string[];
  readonly hasRest: boolean;
  readonly bars: readonly { readonly label: string; readonly parts: readonly number[] }[];
}

/** More colours than these nobody can tell apart. */
const mostSeries = 5;

export function measureOf(numbers: UsageNumbers, measure: Measure): number {
  switch (measure) {
    case 'tokens':
      return numbers.total_tokens;
    case 'requests':
      return numbers.requests;
    case 'images':
      return numbers.images;
    case 'video':
      return numbers.video_seconds;
  }
}

/** Sums over all days, the largest of the measure first. */
export function sumGroups(
  entries: readonly UsageEntry[],
  dimension: Dimension,
  measure: Measure,
): readonly UsageGroup[] {
  const groups = new Map<string, UsageGroup>();
  for (const entry of entries) {
    const id = idOf(entry, dimension);
    const known = groups.get(id);
    groups.set(id, known === undefined ? { ...numbersOf(entry), id } : { ...add(known, entry), id });
  }
  return [...groups.values()].toSorted(
    (one, other) =>
      measureOf(other, measure) - measureOf(one, measure) ||
      other.requests - one.requests ||
      one.id.localeCompare(other.id),
  );
}

/** A bar for each day, also for days without usage, stacked by the largest groups and the rest. */
export function seriesByDay(
  entries: readonly UsageEntry[],
  { range, dimension, measure }: { range: DayRange; dimension: Dimension; measure: Measure },
): DaySeries {
  const groups = sumGroups(entries, dimension, measure).filter((group) => measureOf(group, measure) > 0);
  const hasRest = groups.length > mostSeries;
  const ids = groups.slice(0, hasRest ? mostSeries - 1 : mostSeries).map(({ id }) => id);
  const places = new Map(ids.map((id, place) => [id, place]));
  const length = Math.max(1, ids.length + (hasRest ? 1 : 0));
  const parts = new Map(daysOf(range).map((day) => [day, new Array<number>(length).fill(0)]));
  for (const entry of entries) {
    const place = places.get(idOf(entry, dimension)) ?? length - 1;
    const day = parts.get(entry.day);
    if (day !== undefined) day[place] = (day[place] ?? 0) + measureOf(entry, measure);
  }
  return { ids, hasRest, bars: [...parts].map(([label, values]) => ({ label, parts: values })) };
}

function idOf(entry: UsageEntry, dimension: Dimension): string {
  return entry[dimension] ?? '';
}

function numbersOf(entry: UsageNumbers): UsageNumbers {
  return add(entry, nothing);
}

function add(one: UsageNumbers, other: UsageNumbers): UsageNumbers {
  return {
    requests: one.requests + other.requests,
    errors: one.errors + other.errors,
    aborted: one.aborted + other.aborted,
    prompt_tokens: one.prompt_tokens + other.prompt_tokens,
    completion_tokens: one.completion_tokens + other.completion_tokens,
    reasoning_tokens: one.reasoning_tokens + other.reasoning_tokens,
    total_tokens: one.total_tokens + other.total_tokens,
    tokens_by_source: {
      upstream: one.tokens_by_source.upstream + other.tokens_by_source.upstream,
      tokenizer: one.tokens_by_source.tokenizer + other.tokens_by_source.tokenizer,
      estimate: one.tokens_by_source.estimate + other.tokens_by_source.estimate,
    },
    images: one.images + other.images,
    video_seconds: one.video_seconds + other.video_seconds,
  };
}

const nothing: UsageNumbers = {
  requests: 0,
  errors: 0,
  aborted: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  reasoning_tokens: 0,
  total_tokens: 0,
  tokens_by_source: { upstream: 0, tokenizer: 0, estimate: 0 },
  images: 0,
  video_seconds: 0,
};
