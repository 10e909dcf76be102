import { readTokenClaims } from '../chat/token-claims.ts';
import type { Job, JobFailure } from '../jobs/job.ts';
import type { VideoWork } from './video-work.ts';

/**
 * The upstream has made the video: it is to be copied, or, when nothing is copied, over.
 *
 * @returns `undefined` when somebody else has changed the job meanwhile.
 */
export function takeVideo({ store, now, copies }: VideoWork, job: Job, url: string): Promise<Job | undefined> {
  const made = { url, urlExpiresAt: expiryOf(url) };
  if (copies === undefined) return store.move(job, 'complete', { ...made, endedAt: now() });
  return store.move(job, 'copy', { ...made, copies: 1 });
}

/** There will be no video. @returns as above. */
export function failVideo({ store, now }: VideoWork, job: Job, failure: JobFailure): Promise<Job | undefined> {
  return store.move(job, 'fail', { failure, endedAt: now() });
}

/** Nobody can tell whether the upstream makes the video. */
export const unknownFate: JobFailure = {
  code: 'unknown',
  message:
    'Nobody can tell whether the upstream made this video: its reply was lost, and its chat does not tell. It was not asked for again.',
};

export const accountGone: JobFailure = {
  code: 'account_gone',
  message: 'The account that makes this video was removed from the gateway. Create the video again.',
};

export const timedOut: JobFailure = {
  code: 'timed_out',
  message: 'The upstream did not finish this video in time. Create it again, perhaps with a simpler prompt.',
};

/** The gateway's owner has ended it. */
export const cancelledByOwner: JobFailure = {
  code: 'cancelled',
  message: 'The owner of this gateway has cancelled this video.',
};

/** The upstream made it, and nobody can have it any more. */
export const videoLost: JobFailure = {
  code: 'video_lost',
  message: 'The upstream made this video, and its link does not open any more. Create the video again.',
};

/** The key in an address is a token that tells its end (qwen-web §5.1). */
export function expiryOf(url: string): number | undefined {
  const key = URL.parse(url)?.searchParams.get('key');
  return key ? readTokenClaims(key).expiresAt : undefined;
}
