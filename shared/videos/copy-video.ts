import { GatewayError } from '../chat/errors/gateway-error.ts';
import type { Job } from '../jobs/job.ts';
import { objectPrefixes } from '../objects/object-lifetimes.ts';
import { ObjectTooLargeError } from '../objects/object-store-errors.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { expiryOf, failVideo, videoLost } from './end-video.ts';
import { VideoSourceError } from './video-source.ts';
import type { StepOutcome, VideoCopies, VideoWork } from './video-work.ts';
import { withAccount } from './with-account.ts';

/** How often copying is begun. */
const maximumCopies = 4;
/** Bytes; the upstream's videos have some dozen megabytes. */
const sizeLimit = 1_000_000_000;
const mediaType = 'video/mp4';
const dayMilliseconds = 24 * 3600 * 1000;

/**
 * Copies a finished video into the owner's bucket, because the upstream's links end. Where that fails for good, the
 * video is completed without a copy, and says so; only one whose link is dead as well has failed.
 *
 * @param job one that is being copied, and counts this try.
 * @throws StoreUnavailableError
 */
export async function copyVideo(work: VideoWork, job: Job, signal: AbortSignal): Promise<StepOutcome> {
  const { copies, store, now } = work;
  if (copies === undefined) return { job: await endWithoutCopy(work, job) };
  const resultKey = `${objectPrefixes.results}${job.key.callerId}/${job.key.id}.mp4`;
  try {
    await transfer(copies, job, resultKey, signal);
  } catch (error) {
    work.logger.warn('video not copied', { job: job.key.id, error });
    return afterFailure(work, job, error);
  }
  const endedAt = now();
  const resultExpiresAt = endedAt + copies.keepDays * dayMilliseconds;
  const completed = await store.move(job, 'complete', { resultKey, resultExpiresAt, endedAt });
  // Whoever deletes a video meanwhile finds no copy to delete.
  if (completed === undefined && (await store.find(job.key)) === undefined) await copies.objects.delete(resultKey);
  return { job: completed };
}

/**
 * Goes on with copying after a failure, or after a kill. The upstream is asked for the address anew, which may have a
 * longer life.
 *
 * @throws StoreUnavailableError
 */
export async function copyAgain(work: VideoWork, job: Job, signal: AbortSignal): Promise<StepOutcome> {
  const { copies = 0 } = job;
  if (copies >= maximumCopies) return { job: await endWithoutCopy(work, job, 'its copying broke off again and again') };
  const url = (await askForAddress(work, job, signal)) ?? job.url ?? '';
  const again = await work.store.move(job, 'copy', { copies: copies + 1, url, urlExpiresAt: expiryOf(url) });
  return again === undefined ? { job: undefined } : copyVideo(work, again, signal);
}

/** Completes a video that stays where the upstream has it. @param why when there should be a copy. */
export function endWithoutCopy({ store, now }: VideoWork, job: Job, why?: string): Promise<Job | undefined> {
  const copyFailure = why === undefined ? undefined : { code: 'not_copied', message: `There is no copy: ${why}.` };
  return store.move(job, 'complete', { copyFailure, endedAt: now() });
}

async function transfer(
  { objects, source }: VideoCopies,
  { url = '' }: Job,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const stream = await source.open(url, signal);
  try {
    const { size } = await objects.putStream(key, stream, { mediaType, signal, limit: sizeLimit });
    if (size > 0) return;
    await objects.delete(key);
  } finally {
    stream.destroy();
  }
  throw new VideoSourceError("the upstream's file is empty", true);
}

async function afterFailure(work: VideoWork, job: Job, error: unknown): Promise<StepOutcome> {
  const { copies = 1 } = job;
  const isFinal = error instanceof ObjectTooLargeError || copies >= maximumCopies;
  if (!isFinal) return { job, seconds: copies * work.times.pollSeconds };
  if (error instanceof VideoSourceError && error.isGone) return { job: await failVideo(work, job, videoLost) };
  return { job: await endWithoutCopy(work, job, reasonOf(error)) };
}

function reasonOf(error: unknown): string {
  if (error instanceof ObjectTooLargeError) return 'it is larger than the gateway copies';
  if (error instanceof VideoSourceError) return error.message.replace(/\.$/, '');
  return error instanceof GatewayError
    ? `the owner’s bucket could not be used (${error.code})`
    : 'it took too long, or broke off';
}

/** @returns `undefined` when the upstream does not tell. */
async function askForAddress(work: VideoWork, job: Job, signal: AbortSignal): Promise<string | undefined> {
  const { taskId, chatId = '' } = job;
  try {
    return await withAccount(work, job, signal, async ({ credentials }) => {
      if (taskId === undefined) return (await work.upstream.findVideo(chatId, credentials, signal)).url;
      const state = await work.upstream.videoState(taskId, credentials, signal);
      return state.type === 'succeeded' ? state.url : undefined;
    });
  } catch (error) {
    if (!(error instanceof GatewayError) || error instanceof StoreUnavailableError) throw error;
    return undefined;
  }
}
