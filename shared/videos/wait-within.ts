import type { Call } from '../http/invocation.ts';
import type { Job } from '../jobs/job.ts';
import type { VideoService } from './video-service.ts';

/** Milliseconds that are kept for answering when the video takes longer than the function may. */
const reserve = 10_000;

/** Waits for a video as long as the function may run. */
export async function waitWithin(videos: VideoService, job: Job, call: Call): Promise<Job> {
  return videos.whenOver(job, AbortSignal.timeout(Math.max(0, call.remainingMilliseconds() - reserve)));
}
