import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { Call } from '../http/invocation.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { VideoService } from './video-service.ts';

const usualLimit = 20;
const largestLimit = 100;

/**
 * A page of a caller's videos, newest first unless `order=asc`; `after` is the id that the last page ended with.
 *
 * @throws InvalidRequestError, StoreUnavailableError
 */
export async function listVideos(
  store: JobStore,
  videos: Pick<VideoService, 'describe'>,
  { caller, query }: Pick<Call, 'caller' | 'query'>,
): Promise<object> {
  const { after, order = 'desc' } = query;
  if (order !== 'asc' && order !== 'desc') {
    throw new InvalidRequestError("'order' must be asc or desc.", { param: 'order' });
  }
  const limit = readLimit(query.limit);
  const jobs = await store.list(caller.id, { limit: limit + 1, order, after: after || undefined });
  const page = jobs.slice(0, limit);
  return {
    object: 'list',
    data: await Promise.all(page.map((job) => videos.describe(job))),
    has_more: jobs.length > limit,
    first_id: page.at(0)?.key.id ?? null,
    last_id: page.at(-1)?.key.id ?? null,
  };
}

function readLimit(text: string | undefined): number {
  if (text === undefined || text === '') return usualLimit;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= largestLimit) return limit;
  throw new InvalidRequestError(`'limit' must be a whole number from 1 to ${largestLimit}.`, { param: 'limit' });
}
