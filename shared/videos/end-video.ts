import { readTokenClaims } from '../chat/token-claims.ts';
import type { Job, JobFailure } from '../jobs/job.ts';
import type { VideoWork } from './video-work.ts';

/** The video is there. @returns `undefined` when somebody else has changed the job meanwhile. */
export function completeVideo({ store, now }: VideoWork, job: Job, url: string): Promise<Job | undefined> {
  return store.move(job, 'complete', { url, urlExpiresAt: expiryOf(url), endedAt: now() });
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

/** The key in an address is a token that tells its end (qwen-web §5.1). */
function expiryOf(url: string): number | undefined {
  const key = URL.parse(url)?.searchParams.get('key');
  return key ? readTokenClaims(key).expiresAt : undefined;
}
