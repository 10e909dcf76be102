import type { Job } from '../jobs/job.ts';
import { isOver } from '../jobs/job-stages.ts';
import type { JobWebhook } from '../jobs/job-webhook.ts';
import type { VideoLink } from './video-links.ts';

/** As in OpenAI's API. */
export type VideoStatus = 'queued' | 'in_progress' | 'completed' | 'failed';

/** Milliseconds until a client that asks for the status need ask again. */
const pollAfter = 5000;

/** Where the job is, in OpenAI's words. */
export function statusOf({ stage }: Job): VideoStatus {
  switch (stage) {
    case 'queued':
    case 'asking':
      return 'queued';
    case 'running':
    case 'copying':
      return 'in_progress';
    case 'completed':
      return 'completed';
    default:
      return 'failed';
  }
}

/**
 * What is known of the progress, and no guess by the clock: 0 before the upstream has the request, 10 when it has, 50 when
 * it works on it, 90 when it has made the video, 100 when the video is there for its owner. The upstream tells no more (qwen-web §5.3).
 */
export function progressOf({ stage, acceptedAt, isBegun }: Job): number {
  if (stage === 'completed') return 100;
  if (stage === 'copying') return 90;
  if (isBegun === true) return 50;
  return acceptedAt === undefined ? 0 : 10;
}

/**
 * The job as OpenAI's video object (client-apis C.1), with the `url` of the finished video, and `copy_error` when it is not
 * the owner's copy that it leads to.
 */
export function describeVideo(job: Job, link: VideoLink | undefined): object {
  const { key, request, createdAt, endedAt, failure, copyFailure, webhook } = job;
  return {
    id: key.id,
    object: 'video',
    created_at: seconds(createdAt),
    completed_at: job.stage === 'completed' && endedAt !== undefined ? seconds(endedAt) : null,
    expires_at: link?.expiresAt === undefined ? null : seconds(link.expiresAt),
    status: statusOf(job),
    progress: progressOf(job),
    model: request.model,
    prompt: request.prompt,
    size: request.size ?? request.aspectRatio,
    seconds: request.seconds ?? null,
    remixed_from_video_id: null,
    error: failure === undefined ? null : { ...failure },
    ...(link !== undefined && { url: link.url }),
    ...(copyFailure !== undefined && { copy_error: { ...copyFailure } }),
    ...(webhook !== undefined && { webhook: describeWebhook(webhook) }),
  };
}

/** How far the telling of the end is. The address is not shown: it may be the owner's, and its caller knows it. */
function describeWebhook({ tries, nextAt, deliveredAt, failure, isGivenUp }: JobWebhook): object {
  const status = deliveredAt !== undefined ? 'delivered' : isGivenUp === true ? 'failed' : 'pending';
  return {
    status,
    tries,
    next_try_at: nextAt === undefined ? null : seconds(nextAt),
    delivered_at: deliveredAt === undefined ? null : seconds(deliveredAt),
    error: failure ?? null,
  };
}

/** Tells clients when to ask again, as OpenAI's helpers read it. */
export function pollHeaders({ stage }: Job): Readonly<Record<string, string>> {
  return isOver(stage) ? {} : { 'openai-poll-after-ms': String(pollAfter) };
}

const taskStatus = { queued: 'pending', in_progress: 'running', completed: 'success', failed: 'failed' } as const;

/** The job as the site itself tells of a task (qwen-web §5.3): what `GET /api/tasks/status/{id}` answers. */
export function describeTask(job: Job, link: VideoLink | undefined): object {
  return {
    chat_type: 't2v',
    task_id: job.key.id,
    task_status: taskStatus[statusOf(job)],
    message: job.failure?.message ?? '',
    content: link?.url ?? '',
    progress: progressOf(job),
  };
}

function seconds(epochMilliseconds: number): number {
  return Math.floor(epochMilliseconds / 1000);
}
