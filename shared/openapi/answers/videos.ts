import {
  count,
  epochSeconds,
  type Fields,
  type JsonSchema,
  listOf,
  named,
  object,
  oneOf,
  only,
  orNull,
  text,
} from '../json-schema.ts';
import { deletedOf, pageOf } from './lists.ts';

const failure = object({ code: text, message: text });

const webhook = object({
  status: oneOf('delivered', 'failed', 'pending'),
  tries: count,
  next_try_at: orNull(epochSeconds),
  delivered_at: orNull(epochSeconds),
  error: orNull(text),
});

/** OpenAI's video job; `url` is there when the film is. */
export const video: JsonSchema = named(
  'Video',
  object(
    {
      id: text,
      object: only('video'),
      created_at: epochSeconds,
      completed_at: orNull(epochSeconds),
      expires_at: orNull(epochSeconds),
      status: oneOf('queued', 'in_progress', 'completed', 'failed'),
      progress: { type: 'integer', minimum: 0, maximum: 100 },
      model: text,
      prompt: text,
      size: text,
      seconds: orNull(text),
      remixed_from_video_id: only(null),
      error: orNull(failure),
    },
    { url: text, copy_error: failure, webhook, data: listOf(object({ url: text })) },
  ),
);

export const videoList = pageOf('VideoList', video);
export const deletedVideo = deletedOf('DeletedVideo', 'video.deleted');

/** The events of a video job, each with the whole job. */
export const videoEvents: Fields = {
  'video.queued': video,
  'video.in_progress': video,
  'video.completed': video,
  'video.failed': video,
  error: named('StreamFailure', object({ error: failure })),
};

/** A video job as the site tells of its tasks. */
export const videoTask: JsonSchema = named(
  'VideoTask',
  object({
    chat_type: only('t2v'),
    task_id: text,
    task_status: oneOf('pending', 'running', 'success', 'failed'),
    message: text,
    content: text,
    progress: { type: 'integer', minimum: 0, maximum: 100 },
  }),
);
