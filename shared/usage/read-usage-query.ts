import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import { daysFrom, isDayName, plusDays } from './day-name.ts';
import { type UsageDimension, type UsagePlace, usageDimensions } from './grouped-usage.ts';

/** What of the usage is wanted. */
export interface UsageQuery {
  /** As `2026-11-22`. */
  readonly from: string;
  /** The last day, part of it. */
  readonly to: string;
  readonly groupBy: readonly UsageDimension[];
  /** What is alike in these; `''` in a dimension stands for none. */
  readonly filters: Partial<Pick<UsagePlace, 'model' | 'key' | 'account'>>;
  readonly format: 'json' | 'csv';
}

/** What a query of this kind may name. */
export interface UsageQueryRules {
  /** As `2026-11-22`. */
  readonly today: string;
  readonly dimensions: readonly UsageDimension[];
}

const usualDays = 30;
const mostDays = 366;
const formats = ['json', 'csv'] as const;

/**
 * Reads the query of a question about usage: the last 30 days by day, unless it says otherwise.
 *
 * @throws InvalidRequestError naming what is wrong, also what there is not.
 */
export function readUsageQuery(
  query: Readonly<Record<string, string | undefined>>,
  { today, dimensions }: UsageQueryRules,
): UsageQuery {
  const filterable = dimensions.filter((name) => name !== 'day');
  const known = ['from', 'to', 'group_by', 'format', ...filterable];
  for (const name of Object.keys(query)) {
    if (!known.includes(name)) throw problem(name, `is not known here; there are ${known.join(', ')}`);
  }
  const to = readDay('to', query.to, today);
  const from = readDay('from', query.from, plusDays(to, 1 - usualDays));
  if (from > to) throw problem('from', `must not be later than 'to', which is ${to}`);
  if (daysFrom(from, to) >= mostDays) throw problem('from', `must lie within ${mostDays} days of 'to', which is ${to}`);
  return {
    from,
    to,
    groupBy: readDimensions(query.group_by, dimensions),
    filters: Object.fromEntries(filterable.flatMap((name) => (query[name] ? [[name, query[name]]] : []))),
    format: readFormat(query.format),
  };
}

function readDay(name: string, text: string | undefined, fallback: string): string {
  if (text === undefined || text === '') return fallback;
  if (isDayName(text)) return text;
  throw problem(name, 'must be a day as 2027-01-31');
}

function readDimensions(text: string | undefined, known: readonly UsageDimension[]): readonly UsageDimension[] {
  if (text === undefined) return ['day'];
  const names = text.split(',').filter((name) => name !== '');
  const dimensions = names.flatMap((name) => known.find((dimension) => dimension === name) ?? []);
  if (dimensions.length !== names.length) throw problem('group_by', `must be some of ${known.join(', ')}`);
  return usageDimensions.filter((dimension) => dimensions.includes(dimension));
}

function readFormat(text: string | undefined): UsageQuery['format'] {
  const format = formats.find((known) => known === (text || 'json'));
  if (format === undefined) throw problem('format', `must be ${formats.join(' or ')}`);
  return format;
}

function problem(name: string, words: string): InvalidRequestError {
  return new InvalidRequestError(`'${name.slice(0, 100)}' ${words}.`, { param: name.slice(0, 100) });
}
