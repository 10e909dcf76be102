import { type Fields, text } from '../json-schema.ts';

/** Makes repeating a request safe: the same key, path and body get the same answer again. */
export const idempotencyKey: Fields = {
  'Idempotency-Key': { ...text, minLength: 1, maxLength: 255, description: 'The same for each try of one request.' },
};

/** Where a broken stream of events goes on. */
export const lastEventId: Fields = {
  'Last-Event-ID': { ...text, description: 'The id of the last event that was read.' },
};
