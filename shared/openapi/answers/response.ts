import {
  anyObject,
  anyOf,
  count,
  epochSeconds,
  flag,
  type JsonSchema,
  listOf,
  named,
  object,
  oneOf,
  only,
  orNull,
  text,
} from '../json-schema.ts';
import { outputItem } from './response-items.ts';
import { responseUsage } from './usage.ts';

const number: JsonSchema = { type: 'number' };

const failure = object({ code: text, message: text });

const fromRequest = {
  instructions: orNull(text),
  max_output_tokens: orNull(count),
  metadata: anyObject,
  parallel_tool_calls: flag,
  previous_response_id: orNull(text),
  prompt_cache_key: orNull(text),
  reasoning: object({ effort: orNull(text), summary: orNull(text) }),
  safety_identifier: orNull(text),
  service_tier: text,
  store: flag,
  temperature: orNull(number),
  text: anyObject,
  tool_choice: anyOf(text, anyObject),
  tools: listOf(anyObject),
  top_p: orNull(number),
  truncation: text,
  user: orNull(text),
};

/** OpenAI's response, at any moment of its life. */
export const response: JsonSchema = named(
  'Response',
  object({
    id: text,
    object: only('response'),
    created_at: epochSeconds,
    completed_at: orNull(epochSeconds),
    status: oneOf('queued', 'in_progress', 'completed', 'incomplete', 'failed', 'cancelled'),
    model: text,
    background: flag,
    output: listOf(outputItem),
    error: orNull(failure),
    incomplete_details: orNull(object({ reason: oneOf('max_output_tokens', 'content_filter') })),
    usage: orNull(responseUsage),
    ...fromRequest,
  }),
);

/** What a response was made from. Items are shown as they were sent, each with a type and an id. */
export const inputItemList: JsonSchema = named(
  'InputItemList',
  object({
    object: only('list'),
    data: listOf({ type: 'object', required: ['type', 'id'] }),
    first_id: orNull(text),
    last_id: orNull(text),
    has_more: flag,
  }),
);
