import type { AspectRatio } from '../chat/aspect-ratio.ts';
import type { JobMetering } from '../chat/call-meter.ts';
import type { JobStage } from './job-stages.ts';
import type { JobWebhook } from './job-webhook.ts';

/** A job belongs to the gateway key that asked for it; to others it is not there. */
export interface JobKey {
  readonly callerId: string;
  /** `video_…`, see `newJobId`. */
  readonly id: string;
}

/** What was asked for. */
export interface JobRequest {
  /** The model's name as the client wrote it. */
  readonly model: string;
  /** The upstream's id of it. */
  readonly upstreamModel: string;
  readonly prompt: string;
  readonly aspectRatio: AspectRatio;
  /** As the client wrote it. */
  readonly size?: string | undefined;
  /** As the client wrote it. */
  readonly seconds?: string | undefined;
  /** Where the client wants to be told of the end; the owner's own address stands in the job only. */
  readonly webhookUrl?: string | undefined;
}

/** Why a job failed. Shown to its owner. */
export interface JobFailure {
  /** Stable; `unknown` when nobody can tell whether the upstream made the video. */
  readonly code: string;
  readonly message: string;
}

/** What becomes known of a job on its way. */
export interface JobFacts {
  /** The account that it stays with. */
  readonly accountId?: string | undefined;
  readonly chatId?: string | undefined;
  readonly taskId?: string | undefined;
  /** How often the upstream was asked in this chat. */
  readonly asks?: number | undefined;
  /** Epoch milliseconds at which the upstream took it. */
  readonly acceptedAt?: number | undefined;
  /** Whether the upstream has said that it works on it; before, it waits there. */
  readonly isBegun?: boolean | undefined;
  /** The upstream's own. */
  readonly url?: string | undefined;
  /** Epoch milliseconds after which the URL is of no use, when it tells. */
  readonly urlExpiresAt?: number | undefined;
  /** How often copying was begun. */
  readonly copies?: number | undefined;
  /** The copy, in the owner's bucket. */
  readonly resultKey?: string | undefined;
  /** Epoch milliseconds after which the copy is deleted. */
  readonly resultExpiresAt?: number | undefined;
  /** Why there is no copy, where there should be one. */
  readonly copyFailure?: JobFailure | undefined;
  readonly failure?: JobFailure | undefined;
  /** Epoch milliseconds. */
  readonly endedAt?: number | undefined;
  /** Which execution of the state machine has it, from 1. */
  readonly attempt?: number | undefined;
  readonly webhook?: JobWebhook | undefined;
}

/** One video, as its row tells. */
export interface Job extends JobFacts {
  readonly key: JobKey;
  readonly stage: JobStage;
  /** Counts the changes of the row. */
  readonly revision: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly request: JobRequest;
  /** How it is charged; absent when nobody counts it. */
  readonly metering?: JobMetering | undefined;
  readonly attempt: number;
}
