import type { CallMeter } from '../chat/call-meter.ts';
import type { LogFields, Logger } from '../logging/logger.ts';
import type { Job, JobKey, JobRequest } from './job.ts';
import type { JobClaims } from './job-claims.ts';
import { newJobId, timeOfJobId } from './job-id.ts';
import type { JobRuns } from './job-runs.ts';
import type { JobStore } from './job-store.ts';
import { isSettled } from './job-webhook.ts';
import type { OpenJobs } from './open-jobs.ts';

export interface CreateJobOptions {
  readonly store: JobStore;
  readonly open: OpenJobs;
  readonly claims: JobClaims;
  readonly runs: Pick<JobRuns, 'start'>;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** A job as somebody asks for it. */
export interface NewJob {
  readonly callerId: string;
  readonly request: JobRequest;
  readonly idempotencyKey?: string | undefined;
  /** Whom its end is told. */
  readonly webhookUrl?: string | undefined;
  /** What reserves for it, before it is made. */
  readonly meter?: Pick<CallMeter, 'handOver' | 'takeBack'> | undefined;
  /** What is to be reserved. */
  readonly videoSeconds?: number;
}

/** Makes a job, or finds the one that the idempotency key stands for; `undefined` when that one was deleted. */
export type CreateJob = (asked: NewJob) => Promise<Job | undefined>;

/**
 * Every step may be done again, by the same caller or by others at once: the list of open jobs, then the row, then the
 * execution. Once the row is there, the job will be done, also when its start fails here: the sweep starts it then.
 *
 * @returns a function that throws IdempotencyConflictError, LimitExceededError, StoreUnavailableError.
 */
export function createCreateJob(options: CreateJobOptions): CreateJob {
  const { store, open, claims, runs, logger, now = Date.now } = options;
  return async (asked) => {
    const { callerId, request, idempotencyKey } = asked;
    const fresh: JobKey = { callerId, id: newJobId(now()) };
    const key = idempotencyKey === undefined ? fresh : await claims.claim(fresh, idempotencyKey, request, store.expiry);
    const job = (key === fresh ? undefined : await store.find(key)) ?? (await make(key, asked));
    // Whoever made it may have died before its start; an execution that runs takes no notice of another start.
    if (job?.stage !== 'queued') return job;
    await runs.start(job).catch((error: unknown) => logger.warn('video not started yet', facts(job, error)));
    return job;
  };

  /** One that was made and deleted must not get back into the list of open jobs. */
  async function make(key: JobKey, { request, webhookUrl, meter, videoSeconds = 0 }: NewJob): Promise<Job | undefined> {
    const createdAt = timeOfJobId(key.id) ?? now();
    const metering = await meter?.handOver({ id: key.id, createdAt, videoSeconds });
    await open.add(key);
    await store.create(key, request, webhookUrl, metering);
    const job = await store.find(key);
    if (job === undefined || isSettled(job)) await open.remove(key);
    if (job === undefined) await meter?.takeBack(key.id);
    return job;
  }
}

function facts({ key }: Job, error: unknown): LogFields {
  return { job: key.id, error };
}
