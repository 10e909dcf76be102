import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { createCreateJob } from '../jobs/create-job.ts';
import type { Job } from '../jobs/job.ts';
import { JobClaims } from '../jobs/job-claims.ts';
import { JobRuns } from '../jobs/job-runs.ts';
import { JobStore } from '../jobs/job-store.ts';
import { OpenJobs } from '../jobs/open-jobs.ts';
import type { Environment } from '../read-settings.ts';
import { type ResumeReport, resumeVideos } from '../videos/resume-videos.ts';
import { createVideoRoutes } from '../videos/video-routes.ts';
import { VideoService } from '../videos/video-service.ts';
import { createVideoWorker } from '../videos/video-worker.ts';
import { withAccount } from '../videos/with-account.ts';
import type { Access } from './open-access.ts';
import type { Upstream } from './open-upstream.ts';

export type { ResumeReport } from '../videos/resume-videos.ts';
export { readVideoTask } from '../videos/video-step.ts';

/** Videos are made by the gateway's own accounts only. */
const worker = { id: 'videos', role: 'user' } as const;
/** Milliseconds that deleting a chat may take. */
const tidyLimit = 5_000;
/** Milliseconds, see `VideoTimes`. */
const queueLimit = 10 * 60_000;
const findPause = 1_200;

/** What orders videos, for whoever takes orders. */
export function openVideoService(access: Access, { modelNames }: Upstream, environment: Environment): VideoService {
  const { settings, logger } = access;
  const { store, open } = openJobs(access);
  const claims = new JobClaims(access.table);
  const createJob = createCreateJob({ store, open, claims, runs: new JobRuns(environment), logger });
  return new VideoService({ store, createJob, modelNames, defaultModel: settings.text('DEFAULT_MODEL') });
}

/** The handlers of every path about videos. */
export function openVideos(
  access: Access,
  upstream: Upstream,
  environment: Environment,
): Readonly<Record<RouteKey, RouteHandler>> {
  const work = openVideoWork(access, upstream);
  const tidy = async (job: Job) => {
    const { chatId, accountId } = job;
    if (chatId === undefined || accountId === undefined) return;
    const signal = AbortSignal.timeout(tidyLimit);
    await withAccount(work, job, signal, ({ credentials }) => work.deleteChat(chatId, credentials));
  };
  return createVideoRoutes({
    videos: openVideoService(access, upstream, environment),
    store: work.store,
    tidy,
    idleAfter: access.settings.integer('IDLE_EVENT_SECONDS') * 1000,
  });
}

/** @returns does one step of a video. */
export function openVideoWorker(access: Access, upstream: Upstream) {
  return createVideoWorker({ ...openVideoWork(access, upstream), ...openJobs(access) });
}

/** @returns starts those videos again that nobody works on. */
export function openResumeVideos(access: Access, environment: Environment): () => Promise<ResumeReport> {
  const runs = new JobRuns(environment);
  return () => resumeVideos({ ...openJobs(access), runs, now: Date.now });
}

function openVideoWork(access: Access, { means, videos }: Upstream) {
  const { settings, logger } = access;
  const { attempts, upstream } = means.of(worker, () => '');
  return {
    ...openJobs(access),
    upstream: videos,
    attempts,
    logger,
    now: Date.now,
    deleteChat: (chatId: string, credentials: Parameters<typeof upstream.deleteChat>[1]) =>
      upstream
        .deleteChat(chatId, credentials, AbortSignal.timeout(tidyLimit))
        .catch((error: unknown) => logger.info('chat of a video not deleted', { error })),
    times: {
      pollSeconds: settings.integer('VIDEO_POLL_SECONDS'),
      limit: settings.integer('VIDEO_LIMIT_MINUTES') * 60_000,
      queueLimit,
      findPause,
    },
  };
}

function openJobs({ table, settings }: Access) {
  const store = new JobStore({ table, keepDays: settings.integer('VIDEO_KEEP_DAYS') });
  return { store, open: new OpenJobs(table, store) };
}
