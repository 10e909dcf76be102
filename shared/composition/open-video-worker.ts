import { UpstreamFetchers } from '../files/upstream-fetchers.ts';
import { ObjectStore } from '../objects/object-store.ts';
import type { Environment } from '../read-settings.ts';
import { VideoSource } from '../videos/video-source.ts';
import type { VideoCopies } from '../videos/video-work.ts';
import { createVideoWorker } from '../videos/video-worker.ts';
import type { Access } from './open-access.ts';
import { openJobs } from './open-jobs.ts';
import type { Upstream } from './open-upstream.ts';
import { openVideoWork } from './open-video-work.ts';

export { readVideoTask } from '../videos/video-step.ts';

/** @returns does one step of a video. */
export function openVideoWorker(access: Access, upstream: Upstream, environment: Environment) {
  const copies = openCopies(access, environment);
  return createVideoWorker({ ...openVideoWork(access, upstream, environment), ...openJobs(access), copies });
}

function openCopies({ settings }: Access, environment: Environment): VideoCopies | undefined {
  const keepDays = settings.integer('RESULT_DAYS');
  if (keepDays === 0) return undefined;
  const source = new VideoSource(new UpstreamFetchers(settings.text('QWEN_CHAT_PROXY_URL')));
  return { objects: new ObjectStore(environment), source, keepDays };
}
