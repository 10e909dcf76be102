import type { Job } from '../jobs/job.ts';
import type { SignedEvent } from '../webhooks/webhook-signature.ts';

/**
 * The end of a video as the event that OpenAI sends (`video.completed`, `video.failed`): it names the video and tells no
 * more. Made of the job alone, so that each try is the same.
 */
export function videoEvent({ key, stage, endedAt, createdAt }: Job): SignedEvent {
  const id = `evt_${key.id.slice('video_'.length)}`;
  const body = {
    id,
    object: 'event',
    created_at: Math.floor((endedAt ?? createdAt) / 1000),
    type: stage === 'completed' ? 'video.completed' : 'video.failed',
    data: { id: key.id },
  };
  return { id, body: JSON.stringify(body) };
}
