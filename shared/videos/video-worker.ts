import type { Job } from '../jobs/job.ts';
import { isOver } from '../jobs/job-stages.ts';
import { isSettled } from '../jobs/job-webhook.ts';
import type { OpenJobs } from '../jobs/open-jobs.ts';
import { askForVideo } from './ask-for-video.ts';
import { copyAgain, copyVideo, endWithoutCopy } from './copy-video.ts';
import { failVideo, unknownFate } from './end-video.ts';
import { lookAtVideo } from './look-at-video.ts';
import { recoverVideo } from './recover-video.ts';
import { settleVideo } from './settle-video.ts';
import { tellOwner } from './tell-owner.ts';
import type { VideoStep, VideoTask } from './video-step.ts';
import type { StepOutcome, VideoWork } from './video-work.ts';

export interface VideoWorkerOptions extends VideoWork {
  readonly open: OpenJobs;
}

/** Does one step of a video. @param signal ends what would take too long. */
export type VideoWorker = (task: VideoTask, signal: AbortSignal) => Promise<VideoStep>;

/** The waits grow until here: so many times the first. */
const longestWait = 9;
/** Seconds until another look at a job that somebody else has changed. */
const changedWait = 1;

/**
 * Makes what moves a job on by one step, whatever stage it is in: the row tells, so that any step may be done again, by
 * anybody, after any kill. Throws StoreUnavailableError: the state machine then calls again.
 */
export function createVideoWorker(work: VideoWorkerOptions): VideoWorker {
  return async (task, signal) => {
    const { store, open } = work;
    const { looks } = task;
    const key = { callerId: task.callerId, id: task.jobId };
    const job = await store.find(key);
    const outcome = job === undefined || isOver(job.stage) ? { job } : await perform(work, job, task, signal);
    const ended = outcome.job !== undefined && isOver(outcome.job.stage) ? outcome.job : undefined;
    if (job !== undefined && ended === undefined) return waitAfter(work, job, outcome, looks);
    if (ended !== undefined) await settleVideo(work.metering, ended);
    const seconds = ended === undefined ? undefined : await tell(work, ended, task, signal);
    if (seconds === undefined) await open.remove(key);
    return { next: seconds === undefined || task.act === 'give-up' ? 'end' : 'wait', seconds: seconds ?? 0, looks };
  };
}

/** A worker that always fails must not tell either: the sweep lets another execution do it. */
function tell(
  work: VideoWork,
  ended: Job,
  { act }: VideoTask,
  signal: AbortSignal,
): Promise<number | undefined> | number {
  return act === 'give-up' && !isSettled(ended) ? changedWait : tellOwner(work, ended, signal);
}

async function perform(work: VideoWork, job: Job, task: VideoTask, signal: AbortSignal): Promise<StepOutcome> {
  if (task.act === 'give-up') return giveUp(work, job);
  if (job.stage === 'copying') return copyAgain(work, job, signal);
  const outcome = await goOn(work, job, task, signal);
  // In the same step, because each one is billed.
  return outcome.job?.stage === 'copying' ? copyVideo(work, outcome.job, signal) : outcome;
}

function goOn(work: VideoWork, job: Job, { looks }: VideoTask, signal: AbortSignal): Promise<StepOutcome> {
  switch (job.stage) {
    case 'queued':
      return askForVideo(work, job, signal);
    case 'asking':
      return recoverVideo(work, job, signal);
    default:
      return lookAtVideo(work, job, looks, signal);
  }
}

/** The worker has failed so often that nobody calls it any more. */
async function giveUp(work: VideoWork, job: Job): Promise<StepOutcome> {
  if (job.stage === 'copying') return { job: await endWithoutCopy(work, job, 'its copying broke off again and again') };
  const failure =
    job.stage === 'queued'
      ? { code: 'not_started', message: 'The gateway could not start this video. Create it again.' }
      : unknownFate;
  return { job: await failVideo(work, job, failure) };
}

function waitAfter({ times }: VideoWork, before: Job, { job, seconds }: StepOutcome, looks: number): VideoStep {
  if (job === undefined) return { next: 'wait', seconds: changedWait, looks };
  const looked = before.stage === 'running' ? looks + 1 : looks;
  const wait = seconds ?? times.pollSeconds * Math.min(longestWait, looked + 1);
  return { next: 'wait', seconds: wait, looks: looked };
}
