import { setTimeout as pause } from 'node:timers/promises';
import type { LeasedAccount } from '../accounts/leased-account.ts';
import { ChatGoneError } from '../chat/errors/answer-faults.ts';
import { GatewayError } from '../chat/errors/gateway-error.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { FoundVideo } from '../chat/video-upstream.ts';
import type { Job } from '../jobs/job.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { askIn, refuseVideo } from './ask-in-chat.ts';
import { accountGone, failVideo, takeVideo, unknownFate } from './end-video.ts';
import type { StepOutcome, VideoWork } from './video-work.ts';
import { withAccount } from './with-account.ts';

/** How often the chat is read before it is believed to hold no task (qwen-web §5.3). */
const maximumLooks = 5;
/** How often the upstream is asked in a chat that turns out to be empty. */
const maximumAsks = 3;

/**
 * Goes on with a job of which nobody knows whether the upstream was asked: a reply was lost, or a worker. The chat tells;
 * only when it holds no word, nothing was asked, and asking does no harm.
 *
 * @throws StoreUnavailableError
 */
export async function recoverVideo(work: VideoWork, job: Job, signal: AbortSignal): Promise<StepOutcome> {
  try {
    return await withAccount(work, job, signal, async (lease) => {
      const found = await findTask(work, job, lease, signal);
      return goOn(work, job, found, lease, signal);
    });
  } catch (error) {
    if (!(error instanceof GatewayError) || error instanceof StoreUnavailableError) throw error;
    if (error instanceof ChatGoneError) return { job: await failVideo(work, job, accountGone) };
    work.logger.warn('chat of a video not read', { job: job.key.id, error });
    if (work.now() - job.createdAt > work.times.queueLimit) return { job: await failVideo(work, job, unknownFate) };
    return { job };
  }
}

async function findTask(
  { upstream, times }: VideoWork,
  { chatId = '' }: Job,
  { credentials }: LeasedAccount,
  signal: AbortSignal,
): Promise<FoundVideo> {
  for (let look = 1; ; look += 1) {
    const found = await upstream.findVideo(chatId, credentials, signal);
    if (found.taskId !== undefined || found.url !== undefined || look === maximumLooks) return found;
    await pause(times.findPause, undefined, { signal });
  }
}

async function goOn(
  work: VideoWork,
  job: Job,
  { isAsked, taskId, url }: FoundVideo,
  lease: LeasedAccount,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const { store, now } = work;
  if (url !== undefined && taskId === undefined) return { job: await takeVideo(work, job, url) };
  // Without a task too: the chat will show the video.
  if (isAsked) return { job: await store.move(job, 'accept', { taskId, acceptedAt: now() }) };
  const asks = (job.asks ?? 1) + 1;
  if (asks > maximumAsks) return { job: await failVideo(work, job, unknownFate) };
  const again = await store.move(job, 'ask-again', { asks });
  if (again === undefined) return { job: undefined };
  try {
    return await askIn(work, again, lease, signal);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await lease.settle(error);
    return { job: await refuseVideo(work, again, lease) };
  }
}
