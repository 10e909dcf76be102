import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { Call } from '../../http/invocation.ts';
import { describeKey } from './describe-key.ts';
import type { KeyDesk } from './key-desk.ts';

const largestLimit = 100;

/**
 * A page of the keys; `after` is the id that the last page ended with, be that key still there or not.
 *
 * @throws InvalidRequestError, StoreUnavailableError
 */
export async function listKeys(desk: KeyDesk, { after = '', limit }: Call['query'], now: number): Promise<object> {
  const size = readLimit(limit);
  const keys = (await desk.list()).filter(({ id }) => id > after);
  const page = keys.slice(0, size);
  return {
    object: 'list',
    data: page.map((key) => describeKey(key, now)),
    has_more: keys.length > size,
    first_id: page.at(0)?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

function readLimit(text: string | undefined): number {
  if (text === undefined || text === '') return largestLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= largestLimit) return limit;
  throw new InvalidRequestError(`'limit' must be a whole number from 1 to ${largestLimit}.`, { param: 'limit' });
}
