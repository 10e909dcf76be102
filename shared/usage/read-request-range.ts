import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { UsageRow } from '../metering/usage-row.ts';
import { readRequestId } from './request-id.ts';
import type { RequestRange } from './request-log.ts';
import { isFailure } from './usage-numbers.ts';

type Query = Readonly<Record<string, string | undefined>>;
type Filter = (row: UsageRow, wanted: string) => boolean;

const usualLimit = 50;
const largestLimit = 100;

const filters: Readonly<Record<string, Filter>> = {
  request_id: ({ id }, wanted) => id === wanted,
  key: ({ keyId }, wanted) => keyId === wanted,
  kind: ({ kind }, wanted) => kind === wanted,
  model: ({ model, target }, wanted) => model === wanted || target === wanted,
  account: ({ account = '' }, wanted) => account === wanted,
  status: hasStatus,
};

const choices: Readonly<Record<string, RegExp>> = {
  kind: /^(chat|image|video)$/,
  status: /^([1-5]\d\d|ok|error|aborted)$/,
};

const demands: Readonly<Record<string, string>> = {
  kind: 'must be chat, image or video',
  status: 'must be an HTTP status, or ok, error or aborted',
};

/**
 * Reads which requests are wanted.
 *
 * @throws InvalidRequestError naming what is wrong, also what there is not.
 */
export function readRequestRange({ limit, after, ...query }: Query): RequestRange {
  const wanted = Object.entries(query).flatMap(([name, text]) => readFilter(name, text));
  return {
    limit: readLimit(limit),
    after: after ? readAfter(after) : undefined,
    matches: (row) => wanted.every((matches) => matches(row)),
  };
}

/** @throws InvalidRequestError */
export function readLimit(text: string | undefined): number {
  if (text === undefined || text === '') return usualLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= largestLimit) return limit;
  throw problem('limit', `must be a whole number from 1 to ${largestLimit}`);
}

function readFilter(name: string, text: string | undefined): readonly ((row: UsageRow) => boolean)[] {
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (filter === undefined) {
    throw problem(name, `is not known here; there are limit, after, ${Object.keys(filters).join(', ')}`);
  }
  if (text === undefined || text === '') return [];
  if (choices[name]?.test(text) === false) throw problem(name, demands[name] ?? 'can’t be read');
  return [(row) => filter(row, text)];
}

function hasStatus(row: UsageRow, wanted: string): boolean {
  switch (wanted) {
    case 'aborted':
      return row.aborted === true;
    case 'error':
      return isFailure(row);
    case 'ok':
      return row.aborted !== true && !isFailure(row);
    default:
      return String(row.status) === wanted;
  }
}

function readAfter(text: string) {
  const place = readRequestId(text);
  if (place !== undefined) return place;
  throw problem('after', 'must be the id of a request, as a list before gave it');
}

function problem(name: string, words: string): InvalidRequestError {
  return new InvalidRequestError(`'${name.slice(0, 100)}' ${words}.`, { param: name.slice(0, 100) });
}
