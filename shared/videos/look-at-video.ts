import type { LeasedAccount } from '../accounts/leased-account.ts';
import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import { GatewayError } from '../chat/errors/gateway-error.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { Job } from '../jobs/job.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { accountGone, failVideo, takeVideo, timedOut } from './end-video.ts';
import type { StepOutcome, VideoWork } from './video-work.ts';
import { withAccount } from './with-account.ts';

/** So many looks, after a minute and three quarters, a task that only ever runs may be stuck: its chat may tell more. */
const looksBeforeRescue = 6;

/**
 * Asks what became of a running video. An error of the asking says nothing about the video.
 *
 * @param looks how often it was asked before.
 * @throws StoreUnavailableError
 */
export async function lookAtVideo(work: VideoWork, job: Job, looks: number, signal: AbortSignal): Promise<StepOutcome> {
  const isLate = work.now() - (job.acceptedAt ?? job.createdAt) > work.times.limit;
  const rescues = isLate || looks >= looksBeforeRescue || job.taskId === undefined;
  let current: Job | undefined = job;
  try {
    current = await withAccount(work, job, signal, async (lease) => {
      const told = await takeNews(work, job, lease, signal).catch((error: unknown) => {
        if (rescues && error instanceof UpstreamError) return job;
        throw error;
      });
      return told === job && rescues ? rescue(work, job, lease, signal) : told;
    });
  } catch (error) {
    if (!(error instanceof GatewayError) || error instanceof StoreUnavailableError) throw error;
    if (error instanceof ChatGoneError) return { job: await failVideo(work, job, accountGone) };
    work.logger.info('video not looked at', { job: job.key.id, code: error.code });
  }
  return { job: isLate && current === job ? await failVideo(work, job, timedOut) : current };
}

/** @returns the very same job when there is nothing new. */
async function takeNews(
  work: VideoWork,
  job: Job,
  { credentials }: LeasedAccount,
  signal: AbortSignal,
): Promise<Job | undefined> {
  if (job.taskId === undefined) return job;
  const state = await work.upstream.videoState(job.taskId, credentials, signal);
  switch (state.type) {
    case 'succeeded':
      return takeVideo(work, job, state.url);
    case 'failed':
      return failVideo(work, job, { code: 'generation_failed', message: state.message });
    case 'running':
      return job.isBegun === true ? job : work.store.move(job, 'note', { isBegun: true });
    default:
      return job;
  }
}

async function rescue(
  work: VideoWork,
  job: Job,
  { credentials }: LeasedAccount,
  signal: AbortSignal,
): Promise<Job | undefined> {
  const { url, taskId } = await work.upstream.findVideo(job.chatId ?? '', credentials, signal);
  if (url !== undefined) return takeVideo(work, job, url);
  return taskId !== undefined && job.taskId === undefined ? work.store.move(job, 'note', { taskId }) : job;
}
