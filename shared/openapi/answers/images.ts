import { openAiError } from '../error-envelopes.ts';
import {
  count,
  epochSeconds,
  type Fields,
  type JsonSchema,
  listOf,
  named,
  object,
  only,
  orNull,
  text,
} from '../json-schema.ts';
import { imageUsage } from './usage.ts';

/** What the pictures really are, as far as it is known. */
const facts: Fields = { background: text, output_format: text, quality: text, size: text };

const picture = object({}, { url: text, b64_json: text, revised_prompt: text });

const failure = object(
  { index: count, message: text, type: text, param: orNull(text), code: text },
  { retry_after: count },
);

/** Pictures that were made; `errors` tells of those of the same request that were not. */
export const imageList: JsonSchema = named(
  'ImageList',
  object({ created: epochSeconds, data: listOf(picture) }, { ...facts, usage: imageUsage, errors: listOf(failure) }),
);

const completed = (kind: string) =>
  object(
    { type: only(`${kind}.completed`), created_at: epochSeconds },
    { url: text, b64_json: text, revised_prompt: text, ...facts, usage: imageUsage },
  );

/** The events of pictures that are streamed, one for each picture. */
export function imageEvents(kind: 'image_generation' | 'image_edit'): Fields {
  return { [`${kind}.completed`]: completed(kind), error: openAiError };
}
