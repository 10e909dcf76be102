import { anyOf, count, type JsonSchema, listOf, named, object, oneOf, only, orNull, text } from '../json-schema.ts';

const status = oneOf('in_progress', 'completed', 'incomplete');

/** A page that the text cites; indices in UTF-16 units, the end exclusive. */
export const flatCitation = object({
  type: only('url_citation'),
  start_index: count,
  end_index: count,
  title: text,
  url: text,
});

export const outputText = object({
  type: only('output_text'),
  text,
  annotations: listOf(flatCitation),
  logprobs: { type: 'array', maxItems: 0 },
});

export const summaryText = object({ type: only('summary_text'), text });

const reasoning = object(
  { id: text, type: only('reasoning'), summary: listOf(summaryText) },
  { encrypted_content: text },
);

const message = object({
  id: text,
  type: only('message'),
  status,
  role: only('assistant'),
  content: listOf(outputText),
});

const call = { id: text, status, call_id: text, name: text };
const functionCall = object({ type: only('function_call'), ...call, arguments: text }, { namespace: text });
const customCall = object({ type: only('custom_tool_call'), ...call, input: text }, { namespace: text });

const picture = object(
  {
    id: text,
    type: only('image_generation_call'),
    status: oneOf('in_progress', 'completed', 'failed'),
    result: orNull(text),
  },
  { action: text, revised_prompt: text, size: text, output_format: text, quality: text, background: text },
);

/** One item of a response's `output`. */
export const outputItem: JsonSchema = named('OutputItem', anyOf(reasoning, message, functionCall, customCall, picture));
