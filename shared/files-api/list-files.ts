import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { Call } from '../http/invocation.ts';
import type { FileRows } from '../stored-files/file-rows.ts';
import { describeFileObject } from './describe-file-object.ts';
import { readPurpose } from './read-file-form.ts';

/** As in OpenAI's API. */
const largestLimit = 10_000;
/** Files of one page, however many are asked for: an answer has 6 MB. */
const largestPage = 1000;

/**
 * A page of a caller's files, newest first unless `order=asc`; `after` is the id that the last page ended with.
 *
 * @throws InvalidRequestError, StoreUnavailableError
 */
export async function listFiles(rows: FileRows, { caller, query }: Pick<Call, 'caller' | 'query'>): Promise<object> {
  const { after, order = 'desc', purpose } = query;
  if (order !== 'asc' && order !== 'desc') {
    throw new InvalidRequestError("'order' must be asc or desc.", { param: 'order' });
  }
  const limit = Math.min(readLimit(query.limit), largestPage);
  const files = await rows.list(caller.id, {
    limit: limit + 1,
    order,
    after: after || undefined,
    purpose: purpose ? readPurpose(purpose) : undefined,
  });
  const page = files.slice(0, limit);
  return {
    object: 'list',
    data: page.map(describeFileObject),
    has_more: files.length > limit,
    first_id: page.at(0)?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

function readLimit(text: string | undefined): number {
  if (text === undefined || text === '') return largestLimit;
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= largestLimit) return limit;
  throw new InvalidRequestError(`'limit' must be a whole number from 1 to ${largestLimit}.`, { param: 'limit' });
}
