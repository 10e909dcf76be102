import { type Fields, type JsonSchema, oneOf, text } from '../json-schema.ts';

/** How many entries a page has at most. */
export function limitOf(maximum: number, usual: number): JsonSchema {
  return { type: 'integer', minimum: 1, maximum, default: usual };
}

export const order: JsonSchema = {
  ...oneOf('asc', 'desc'),
  default: 'desc',
  description: 'By time; `desc` is newest first.',
};

/** The id that the page before ended with. */
export const after: JsonSchema = { ...text, description: 'The `last_id` of the page before.' };

/** The pages of OpenAI's lists. */
export function pageQuery(maximum: number, usual: number): Fields {
  return { limit: limitOf(maximum, usual), order, after };
}
