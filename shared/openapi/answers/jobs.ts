import { isoTime, listOf, named, object, oneOf, only, orNull, text } from '../json-schema.ts';
import { deletedOf, pageOf } from './lists.ts';

/** A video or an order of pictures, of whatever key. */
export const job = named(
  'Job',
  object({
    object: only('job'),
    id: text,
    kind: oneOf('video', 'image'),
    status: oneOf('queued', 'in_progress', 'completed', 'failed', 'cancelled'),
    progress: { type: 'integer', minimum: 0, maximum: 100 },
    model: text,
    prompt: orNull(text),
    key: text,
    key_name: orNull(text),
    account: orNull(text),
    created_at: isoTime,
    completed_at: orNull(isoTime),
    error: orNull(object({ code: text, message: orNull(text) })),
    previews: listOf(object({ url: text, expires_at: orNull(isoTime), type: text })),
  }),
);

export const jobList = pageOf('JobList', job);
export const deletedJob = deletedOf('DeletedJob', 'job.deleted');
