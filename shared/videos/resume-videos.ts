import { timeOfJobId } from '../jobs/job-id.ts';
import type { JobRuns } from '../jobs/job-runs.ts';
import { isOver } from '../jobs/job-stages.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { isSettled } from '../jobs/job-webhook.ts';
import type { OpenJobs } from '../jobs/open-jobs.ts';
import type { Metering } from '../metering/metering.ts';
import { settleVideo } from './settle-video.ts';

export interface ResumeOptions {
  readonly store: JobStore;
  readonly open: OpenJobs;
  readonly runs: Pick<JobRuns, 'start'>;
  readonly metering: Pick<Metering, 'write' | 'meters'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What one sweep did. */
export interface ResumeReport {
  /** Jobs that were not over, or whose end was not told yet. */
  readonly open: number;
  /** Of them, those whose execution had died and that go on with another one. */
  readonly resumed: number;
}

/** Milliseconds that a creation may take; before, its row may still come. */
const creationLimit = 60_000;

/**
 * Looks through the jobs that are not settled, and starts those again whose execution has died or never began. One read when
 * there are none.
 *
 * @throws StoreUnavailableError
 */
export async function resumeVideos({ store, open, runs, metering, now }: ResumeOptions): Promise<ResumeReport> {
  let working = 0;
  let resumed = 0;
  for (const key of await open.list()) {
    const isYoung = now() - (timeOfJobId(key.id) ?? 0) < creationLimit;
    const job = await store.find(key);
    if (job === undefined || isSettled(job)) {
      // Its worker may have died between its end and this.
      if (job !== undefined) await settleVideo(metering, job);
      if (job !== undefined || !isYoung) await open.remove(key);
      continue;
    }
    working += 1;
    // An execution that runs takes no notice of this, and one that never began begins.
    if (isYoung || (await runs.start(job))) continue;
    const next = await store.move(job, isOver(job.stage) ? 'tell' : 'resume', { attempt: job.attempt + 1 });
    if (next === undefined) continue;
    await runs.start(next);
    resumed += 1;
  }
  return { open: working, resumed };
}
