import type { LeasedAccount } from '../accounts/leased-account.ts';
import { GatewayError } from '../chat/errors/gateway-error.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { Job } from '../jobs/job.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { askIn, refuseVideo } from './ask-in-chat.ts';
import { failVideo } from './end-video.ts';
import type { StepOutcome, VideoWork } from './video-work.ts';

const shortestWait = 1;
const longestWait = 60;
const usualWait = 15;

/**
 * Finds an account for a queued job, and asks it for the video. The chat is made first, and stored with the account before
 * anything is asked in it, so that whoever comes after a kill knows where to look.
 *
 * @throws StoreUnavailableError
 */
export async function askForVideo(work: VideoWork, queued: Job, signal: AbortSignal): Promise<StepOutcome> {
  let job = queued;
  try {
    return await work.attempts.run({ kind: 'video', requestId: job.key.id, signal }, async (lease) => {
      const taken = await take(work, job, lease, signal);
      if (taken === undefined) return { job: undefined };
      try {
        return await askIn(work, taken, lease, signal);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        const refused = await refuseVideo(work, taken, lease);
        if (refused === undefined) return { job: undefined };
        job = refused;
        throw error;
      }
    });
  } catch (error) {
    return afterRefusal(work, job, error);
  }
}

async function take(
  { store, upstream, deleteChat }: VideoWork,
  job: Job,
  lease: LeasedAccount,
  signal: AbortSignal,
): Promise<Job | undefined> {
  const { accountId, credentials } = lease;
  const chatId = await upstream.createVideoChat(job.request.upstreamModel, credentials, signal);
  const taken = await store.move(job, 'take', { accountId, chatId, asks: 1 });
  if (taken === undefined) {
    lease.release();
    await deleteChat(chatId, credentials);
  }
  return taken;
}

/** What passes is waited for; what does not, or not in time, ends the job with its reason. */
async function afterRefusal(work: VideoWork, job: Job, error: unknown): Promise<StepOutcome> {
  if (!(error instanceof GatewayError) || error instanceof StoreUnavailableError) throw error;
  const isFinal = error.shouldRetry === false || (error instanceof UpstreamError && error.advice === 'never');
  if (isFinal || work.now() - job.createdAt > work.times.queueLimit) {
    return { job: await failVideo(work, job, { code: error.code, message: error.message }) };
  }
  const seconds = Math.min(longestWait, Math.max(shortestWait, Math.ceil(error.retryAfterSeconds ?? usualWait)));
  return { job, seconds };
}
