import { readIdempotencyKey } from '../chat/idempotency-key.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import { isOver } from '../jobs/job-stages.ts';
import { describeVideo, pollHeaders } from './describe-video.ts';
import { readVideoBody } from './read-video-body.ts';
import type { VideoService } from './video-service.ts';
import { waitWithin } from './wait-within.ts';

/**
 * `POST /v1/videos`: answers at once with the job; with `wait` when the video is there, or with 202 and the job when that
 * takes too long.
 */
export function createCreateVideo(videos: VideoService): RouteHandler {
  return async (call) => {
    const { wait, ...asked } = await readVideoBody(call.body);
    const job = await videos.order(call, { ...asked, idempotencyKey: readIdempotencyKey(call.headers) });
    call.note({ video: job.key.id, model: job.request.upstreamModel });
    if (!wait && call.query.wait !== 'true') return jsonResponse(await videos.describe(job), 200, pollHeaders(job));
    const last = await waitWithin(videos, job, call);
    // The form in which the source of this API gives its videos.
    const link = await videos.linkOf(last);
    const data = link === undefined ? {} : { data: [{ url: link.url }] };
    return jsonResponse({ ...describeVideo(last, link), ...data }, isOver(last.stage) ? 200 : 202, pollHeaders(last));
  };
}
