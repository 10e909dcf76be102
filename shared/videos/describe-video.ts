import type { Job } from '../jobs/job.ts';
import { isOver } from '../jobs/job-stages.ts';

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
      return 'in_progress';
    case 'completed':
      return 'completed';
    default:
      return 'failed';
  }
}

/**
 * What is known of the progress, and no guess by the clock: 0 before the upstream has the request, 10 when it has, 50 when
 * it works on it, 100 when the video is there. The upstream tells no more (qwen-web §5.3).
 */
export function progressOf({ stage, acceptedAt, isBegun }: Job): number {
  if (stage === 'completed') return 100;
  if (isBegun === true) return 50;
  return acceptedAt === undefined ? 0 : 10;
}

/** The job as OpenAI's video object (client-apis C.1), with the `url` of the finished video. */
export function describeVideo(job: Job): object {
  const { key, request, createdAt, endedAt, failure, url, urlExpiresAt } = job;
  return {
    id: key.id,
    object: 'video',
    created_at: seconds(createdAt),
    completed_at: job.stage === 'completed' && endedAt !== undefined ? seconds(endedAt) : null,
    expires_at: urlExpiresAt === undefined ? null : seconds(urlExpiresAt),
    status: statusOf(job),
    progress: progressOf(job),
    model: request.model,
    prompt: request.prompt,
    size: request.size ?? request.aspectRatio,
    seconds: request.seconds ?? null,
    remixed_from_video_id: null,
    error: failure === undefined ? null : { ...failure },
    ...(url !== undefined && { url }),
  };
}

/** Tells clients when to ask again, as OpenAI's helpers read it. */
export function pollHeaders({ stage }: Job): Readonly<Record<string, string>> {
  return isOver(stage) ? {} : { 'openai-poll-after-ms': String(pollAfter) };
}

const taskStatus = { queued: 'pending', in_progress: 'running', completed: 'success', failed: 'failed' } as const;

/** The job as the site itself tells of a task (qwen-web §5.3): what `GET /api/tasks/status/{id}` answers. */
export function describeTask(job: Job): object {
  return {
    chat_type: 't2v',
    task_id: job.key.id,
    task_status: taskStatus[statusOf(job)],
    message: job.failure?.message ?? '',
    content: job.url ?? '',
    progress: progressOf(job),
  };
}

function seconds(epochMilliseconds: number): number {
  return Math.floor(epochMilliseconds / 1000);
}
