import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from './job.ts';
import { isOver } from './job-stages.ts';
import type { JobStore } from './job-store.ts';

/** Milliseconds between two looks. */
const interval = 1000;

/**
 * Gives a job as it is, and again after each of its changes, until it is over or `signal` is aborted. Every look is one
 * read of its row.
 *
 * @throws StoreUnavailableError
 */
export async function* followJob(
  store: Pick<JobStore, 'find'>,
  first: Job,
  signal: AbortSignal,
): AsyncGenerator<Job, void, undefined> {
  let job = first;
  yield job;
  while (!isOver(job.stage)) {
    await delay(interval, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const found = await store.find(job.key);
    // It was deleted meanwhile.
    if (found === undefined) return;
    const isChanged = found.revision !== job.revision;
    job = found;
    if (isChanged) yield job;
  }
}

/** Waits for a job's end. @returns the job as it was last; it is not over when `signal` was aborted. */
export async function awaitJob(store: Pick<JobStore, 'find'>, first: Job, signal: AbortSignal): Promise<Job> {
  let last = first;
  for await (const job of followJob(store, first, signal)) last = job;
  return last;
}
