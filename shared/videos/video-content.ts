import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Job } from '../jobs/job.ts';
import { VideoExpiredError, VideoFailedError, VideoNotReadyError } from './video-errors.ts';

/**
 * Sends a client on to the finished video: 302, so that no function passes its bytes on.
 *
 * @param variant what of it is wanted; the video when absent.
 * @param now epoch milliseconds.
 * @throws InvalidRequestError when there is nothing to be had.
 */
export function videoContent(job: Job, variant: string | undefined, now: number): HttpResponse {
  if (variant !== undefined && variant !== 'video') {
    throw new UnsupportedParameterError("'variant' can only be video: the upstream makes no other pictures of it.", {
      param: 'variant',
    });
  }
  const { stage, url, urlExpiresAt = Number.POSITIVE_INFINITY, failure } = job;
  if (stage === 'failed') {
    throw new VideoFailedError(`There is no video: ${failure?.message ?? 'its making failed.'}`, { param: 'video_id' });
  }
  if (url === undefined) throw new VideoNotReadyError();
  if (urlExpiresAt <= now) {
    throw new VideoExpiredError('The upstream does not keep this video any more. Create it again.', {
      param: 'video_id',
    });
  }
  return { statusCode: 302, headers: { location: url, 'cache-control': 'no-store' }, body: '' };
}
