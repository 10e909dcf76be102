import type { VideoUpstream } from '../chat/video-upstream.ts';
import type { Job } from '../jobs/job.ts';
import type { JobStore } from '../jobs/job-store.ts';
import type { Logger } from '../logging/logger.ts';
import type { Metering } from '../metering/metering.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Attempts } from '../relay/attempts.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import type { VideoSource } from './video-source.ts';

/** What the steps of videos work with. */
export interface VideoWork {
  readonly store: JobStore;
  readonly upstream: VideoUpstream;
  /** Deletes a chat that no video was asked for in. */
  readonly deleteChat: (chatId: string, credentials: Parameters<VideoUpstream['findVideo']>[1]) => Promise<void>;
  readonly attempts: Attempts;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly times: VideoTimes;
  readonly webhooks: VideoWebhooks;
  readonly metering: Pick<Metering, 'write' | 'meters'>;
  /** Absent when videos stay where the upstream has them. */
  readonly copies?: VideoCopies | undefined;
}

/** How the ends of videos are told. */
export interface VideoWebhooks {
  readonly sender: Pick<WebhookSender, 'send'>;
  /** What events are signed with; `undefined` when the owner has set nothing. */
  readonly key: () => Promise<Buffer | undefined>;
  /** Seconds from the first try to the second. */
  readonly retrySeconds: number;
}

/** How finished videos get into the owner's bucket. */
export interface VideoCopies {
  readonly objects: Pick<ObjectStore, 'putStream' | 'delete'>;
  readonly source: Pick<VideoSource, 'open'>;
  /** Days that a copy stays. */
  readonly keepDays: number;
}

/** How long what may take. */
export interface VideoTimes {
  /** Seconds before the first look at a running video; each next wait is longer by as much. */
  readonly pollSeconds: number;
  /** Milliseconds after which a video that the upstream has taken is given up. */
  readonly limit: number;
  /** Milliseconds after which one is given up that no account could be found for, or that nobody knows the fate of. */
  readonly queueLimit: number;
  /** Milliseconds between two looks for a lost task. */
  readonly findPause: number;
}

/**
 * What one step came to: the job as it is now, `undefined` when somebody else has changed it, and how many seconds to
 * wait when that is not the usual.
 */
export interface StepOutcome {
  readonly job: Job | undefined;
  readonly seconds?: number;
}

/** What the upstream is asked for. */
export function videoRequestOf({ request }: Job) {
  const { upstreamModel, prompt, aspectRatio, seconds } = request;
  // The upstream has no field for the length; its models heed words (qwen-web §5.3).
  const wish = seconds === undefined ? '' : `\n\nLength of the video: about ${seconds} seconds.`;
  return { model: upstreamModel, prompt: prompt + wish, aspectRatio };
}
