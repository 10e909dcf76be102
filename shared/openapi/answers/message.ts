import { anthropicError } from '../error-envelopes.ts';
import {
  anyObject,
  anyOf,
  count,
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
import { messageUsage } from './usage.ts';

const citation = object({
  type: only('web_search_result_location'),
  url: text,
  title: text,
  cited_text: text,
  encrypted_index: text,
});

const textBlock = object({ type: only('text'), text }, { citations: listOf(citation) });
const thinkingBlock = object({ type: only('thinking'), thinking: text, signature: text });
const toolUseBlock = object({ type: only('tool_use'), id: text, name: text, input: anyObject });

const block = named('ContentBlock', anyOf(textBlock, thinkingBlock, toolUseBlock));

const stopReason = oneOf('end_turn', 'tool_use', 'max_tokens', 'refusal', 'stop_sequence');
const stop = { stop_reason: orNull(stopReason), stop_sequence: orNull(text), stop_details: only(null) };

/** A whole answer in Anthropic's form; the head of a streamed one has the same fields. */
export const message: JsonSchema = named(
  'Message',
  object({
    id: text,
    type: only('message'),
    role: only('assistant'),
    model: text,
    content: listOf(block),
    ...stop,
    usage: messageUsage,
  }),
);

const delta = anyOf(
  object({ type: only('text_delta'), text }),
  object({ type: only('thinking_delta'), thinking: text }),
  object({ type: only('signature_delta'), signature: text }),
  object({ type: only('input_json_delta'), partial_json: text }),
  object({ type: only('citations_delta'), citation }),
);

const event = (type: string, fields: Fields = {}) => object({ type: only(type), ...fields });

/** The events of a streamed answer. */
export const messageEvents: Fields = {
  message_start: event('message_start', { message }),
  content_block_start: event('content_block_start', { index: count, content_block: block }),
  content_block_delta: event('content_block_delta', { index: count, delta }),
  content_block_stop: event('content_block_stop', { index: count }),
  message_delta: event('message_delta', { delta: object(stop), usage: messageUsage }),
  message_stop: event('message_stop'),
  ping: event('ping'),
  error: anthropicError,
};
