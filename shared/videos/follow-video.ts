import { toGatewayError } from '../chat/errors/internal-error.ts';
import { eventStreamResponse, type HttpResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { Job } from '../jobs/job.ts';
import { isOver } from '../jobs/job-stages.ts';
import { statusOf } from './describe-video.ts';
import { VideoNotFoundError } from './video-errors.ts';
import type { VideoService } from './video-service.ts';

/** Milliseconds that are kept for ending the stream. */
const reserve = 10_000;

/**
 * Streams what becomes of a video: an event `video.STATUS` with the whole video now and after each change, until it is over.
 * The id of an event is the revision of the job, so that whoever comes back with `Last-Event-ID` gets news only. A stream
 * that ends without `video.completed` or `video.failed` is to be opened again.
 *
 * @param idleAfter milliseconds of silence after which the last event is sent again.
 */
export function followVideo(videos: VideoService, call: Call, job: Job, idleAfter: number): HttpResponse {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), Math.max(0, call.remainingMilliseconds() - reserve));
  const seen = Number(call.headers['last-event-id'] ?? 0);
  let last = '';
  return eventStreamResponse({
    pieces: pieces(),
    idle: () => last,
    idleAfter,
    abandon: () => controller.abort(),
  });

  async function* pieces(): AsyncGenerator<string, void, undefined> {
    let { stage } = job;
    try {
      for await (const news of videos.follow(job, controller.signal)) {
        stage = news.stage;
        last = event(news, await videos.describe(news));
        if (!(news.revision <= seen)) yield last;
      }
      // Nobody has ended it, so it is gone: its owner has deleted it.
      if (!isOver(stage) && !controller.signal.aborted) throw new VideoNotFoundError(job.key.id);
    } catch (error) {
      const { code, message } = toGatewayError(error);
      yield `event: error\ndata: ${JSON.stringify({ error: { code, message } })}\n\n`;
    } finally {
      clearTimeout(timer);
    }
  }
}

function event(job: Job, described: object): string {
  return `id: ${job.revision}\nevent: video.${statusOf(job)}\ndata: ${JSON.stringify(described)}\n\n`;
}
