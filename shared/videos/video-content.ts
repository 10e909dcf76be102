import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { Job } from '../jobs/job.ts';
import { VideoExpiredError, VideoFailedError, VideoNotReadyError } from './video-errors.ts';
import type { VideoLink } from './video-links.ts';

/**
 * Sends a client on to the finished video: 302, so that no function passes its bytes on.
 *
 * @param link where the video can be had.
 * @param variant what of it is wanted; the video when absent.
 * @throws InvalidRequestError when there is nothing to be had.
 */
export function videoContent(job: Job, link: VideoLink | undefined, variant: string | undefined): HttpResponse {
  if (variant !== undefined && variant !== 'video') {
    throw new UnsupportedParameterError("'variant' can only be video: the upstream makes no other pictures of it.", {
      param: 'variant',
    });
  }
  const { stage, failure } = job;
  if (stage === 'failed') {
    throw new VideoFailedError(`There is no video: ${failure?.message ?? 'its making failed.'}`, { param: 'video_id' });
  }
  if (stage !== 'completed') throw new VideoNotReadyError();
  if (link === undefined) {
    throw new VideoExpiredError('This video is not kept any more. Create it again.', { param: 'video_id' });
  }
  return { statusCode: 302, headers: { location: link.url, 'cache-control': 'no-store' }, body: '' };
}
