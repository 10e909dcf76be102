import { InvalidRequestError } from '../chat/errors/request-errors.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { Job } from '../jobs/job.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { Metering } from '../metering/metering.ts';
import { createCreateVideo } from './create-video.ts';
import { describeTask, pollHeaders } from './describe-video.ts';
import { followVideo } from './follow-video.ts';
import { listVideos } from './list-videos.ts';
import { settleVideo } from './settle-video.ts';
import { videoContent } from './video-content.ts';
import { VideoNotFoundError } from './video-errors.ts';
import type { VideoService } from './video-service.ts';

export interface VideoRoutesOptions {
  readonly videos: VideoService;
  readonly store: JobStore;
  /** Deletes what the upstream and the bucket keep of a job; its failure is logged only. */
  readonly tidy: (job: Job) => Promise<void>;
  readonly metering: Pick<Metering, 'write' | 'meters'>;
  /** Milliseconds of silence after which a stream of events is kept alive. */
  readonly idleAfter: number;
}

/** The handlers of every path about videos. */
export function createVideoRoutes({
  videos,
  store,
  tidy,
  metering,
  idleAfter,
}: VideoRoutesOptions): Readonly<Record<RouteKey, RouteHandler>> {
  const find = (call: Call) => videos.find(call.caller, call.parameters.id ?? '');
  return {
    'POST /v1/videos': createCreateVideo(videos),
    'GET /v1/videos': async (call) => jsonResponse(await listVideos(store, videos, call)),
    'GET /v1/videos/{id}': async (call) => {
      const job = await find(call);
      return jsonResponse(await videos.describe(job), 200, pollHeaders(job));
    },
    'DELETE /v1/videos/{id}': async ({ caller, parameters: { id = '' }, background }) => {
      const job = await store.delete({ callerId: caller.id, id });
      if (job === undefined) throw new VideoNotFoundError(id);
      background.add('tidy video', tidy(job));
      background.add('settle video', settleVideo(metering, job));
      return jsonResponse({ id, object: 'video.deleted', deleted: true });
    },
    'GET /v1/videos/{id}/content': async (call) => {
      const job = await find(call);
      return videoContent(job, await videos.linkOf(job), call.query.variant);
    },
    'GET /v1/videos/{id}/events': async (call) => followVideo(videos, call, await find(call), idleAfter),
    'POST /v1/videos/{id}/remix': refuseRemix,
    'POST /v1/videos/edits': refuseFilms,
    'POST /v1/videos/extensions': refuseFilms,
    'POST /v1/videos/characters': refuseFilms,
    'GET /v1/videos/characters/{id}': refuseFilms,
    'GET /api/tasks/status/{id}': async (call) => {
      const job = await find(call);
      return jsonResponse(describeTask(job, await videos.linkOf(job)));
    },
  };
}

const refuseRemix: RouteHandler = async () => {
  throw new InvalidRequestError(
    'Videos can’t be remixed: the upstream makes them from a prompt only, and another prompt makes another film. Send the changed prompt to POST /v1/videos.',
  );
};

const refuseFilms: RouteHandler = async () => {
  throw new InvalidRequestError(
    'Videos can’t be edited or extended, nor made of films or characters: the upstream makes them from a prompt only. Describe what you want to POST /v1/videos.',
  );
};
