import type { Job } from './job.ts';
import { isOver } from './job-stages.ts';

/** Whom a job's end is told, and how far that is. */
export interface JobWebhook {
  /** As it was when the job was made. */
  readonly url: string;
  /** How often it was sent, or was about to be. */
  readonly tries: number;
  /** Epoch milliseconds before which it is not sent again. */
  readonly nextAt?: number | undefined;
  /** Epoch milliseconds. */
  readonly deliveredAt?: number | undefined;
  /** What was wrong with the last try. Shown to the job's owner. */
  readonly failure?: string | undefined;
  /** Whether it is not sent any more, though it was not delivered. */
  readonly isGivenUp?: boolean | undefined;
}

/** The webhook that a job's end is still to be told to; `undefined` when there is none, or nothing left to do. */
export function openWebhookOf({ stage, webhook }: Pick<Job, 'stage' | 'webhook'>): JobWebhook | undefined {
  const isToTell = stage === 'completed' || stage === 'failed';
  if (!isToTell || webhook === undefined) return undefined;
  return webhook.deliveredAt === undefined && webhook.isGivenUp !== true ? webhook : undefined;
}

/** Whether nobody has anything to do with the job any more: it is over, and its webhook too. */
export function isSettled(job: Pick<Job, 'stage' | 'webhook'>): boolean {
  return isOver(job.stage) && openWebhookOf(job) === undefined;
}
