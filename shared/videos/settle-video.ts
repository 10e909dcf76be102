import type { Job } from '../jobs/job.ts';
import { settleJob } from '../metering/job-usage.ts';
import type { Metering } from '../metering/metering.ts';

/** Seconds that a video has whose length nobody has asked for (qwen-web §5.3). */
const usualSeconds = 5;

/** @returns the length that a video is charged for. */
export function secondsOf({ seconds }: Pick<Job['request'], 'seconds'>): number {
  return seconds === undefined ? usualSeconds : Number(seconds);
}

/**
 * Charges a video that is over, or gives back what was reserved for it. May be done again, and by anybody.
 *
 * @param job as it is at its end; one that was deleted before, as it was then.
 * @throws StoreUnavailableError
 */
export async function settleVideo(metering: Pick<Metering, 'write' | 'meters'>, job: Job): Promise<void> {
  if (job.metering === undefined) return;
  const { key, createdAt, endedAt = Date.now(), request, accountId, failure, resultKey, stage } = job;
  const isMade = stage === 'completed';
  await settleJob(metering, {
    id: key.id,
    keyId: key.callerId,
    createdAt,
    endedAt,
    metering: job.metering,
    model: request.model,
    target: request.upstreamModel,
    account: accountId,
    errorCode: isMade ? undefined : (failure?.code ?? 'deleted'),
    videoSeconds: isMade ? secondsOf(request) : 0,
    objects: resultKey === undefined ? undefined : [resultKey],
  });
}
