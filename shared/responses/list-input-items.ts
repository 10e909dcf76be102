import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import { idOf } from './input-items.ts';
import { wholeNumber } from './read-query.ts';

/** A page of items, in OpenAI's form. */
export interface ItemPage {
  readonly object: 'list';
  readonly data: readonly object[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
}

/**
 * One page of what a response was made from: `limit` 1 to 100 (20), `order` `desc` or `asc` (newest first), `after` the id
 * of the last item of the page before.
 *
 * @throws InvalidRequestError
 */
export function listInputItems(
  input: readonly object[],
  query: Readonly<Record<string, string | undefined>>,
): ItemPage {
  const limit = wholeNumber(query, 'limit', { minimum: 1, maximum: 100 }) ?? 20;
  const { order = 'desc', after } = query;
  if (order !== 'asc' && order !== 'desc') {
    throw new InvalidRequestError("'order' must be 'asc' or 'desc'.", { param: 'order' });
  }
  const items = order === 'asc' ? input : input.toReversed();
  const start = after === undefined ? 0 : placeBehind(items, after);
  const data = items.slice(start, start + limit);
  const [first] = data;
  const last = data.at(-1);
  return {
    object: 'list',
    data,
    first_id: (first && idOf(first)) ?? null,
    last_id: (last && idOf(last)) ?? null,
    has_more: start + data.length < items.length,
  };
}

function placeBehind(items: readonly object[], id: string): number {
  const place = items.findIndex((item) => idOf(item) === id);
  if (place >= 0) return place + 1;
  throw new InvalidRequestError(`'after' names ${id}, which is not among the items.`, { param: 'after' });
}
