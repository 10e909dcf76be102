import type { LeasedAccount } from '../accounts/leased-account.ts';
import { ReplyLostError } from '../chat/errors/answer-faults.ts';
import type { Job } from '../jobs/job.ts';
import { type StepOutcome, type VideoWork, videoRequestOf } from './video-work.ts';

/** Seconds after which the chat is looked at when a reply was lost. */
const recoverAfter = 1;

/**
 * Asks for the video in the chat that the job has. When the reply is lost, the next step looks for the task.
 *
 * @throws UpstreamError when the upstream did not take it.
 */
export async function askIn(
  { store, upstream, now, logger }: VideoWork,
  job: Job,
  lease: LeasedAccount,
  signal: AbortSignal,
): Promise<StepOutcome> {
  let taskId: string | undefined;
  try {
    taskId = await upstream.createVideo(job.chatId ?? '', videoRequestOf(job), lease.credentials, signal);
  } catch (error) {
    if (!(error instanceof ReplyLostError)) throw error;
    logger.warn('reply of a video lost', { job: job.key.id, account: lease.accountId, error: error.cause });
    lease.release();
    return { job, seconds: recoverAfter };
  }
  const accepted = await store.move(job, 'accept', { taskId, acceptedAt: now() });
  await lease.settle('ok');
  return { job: accepted };
}

/** The upstream did not take it: another account may be asked. @returns `undefined` when somebody else changed the job. */
export async function refuseVideo(
  { store, deleteChat }: VideoWork,
  job: Job,
  { credentials }: LeasedAccount,
): Promise<Job | undefined> {
  const refused = await store.move(job, 'refuse', {}, ['accountId', 'chatId', 'asks']);
  // Nothing was asked in this chat, and nobody else knows it.
  if (job.chatId !== undefined) await deleteChat(job.chatId, credentials);
  return refused;
}
