import { count, type Fields, object, only, orNull, text } from '../json-schema.ts';
import { response } from './response.ts';
import { flatCitation, outputItem, outputText, summaryText } from './response-items.ts';

const noProbabilities = { type: 'array', maxItems: 0 };
const inItem = { item_id: text, output_index: count };
const inContent = { ...inItem, content_index: count };
const inSummary = { ...inItem, summary_index: count };

/** The fields of each event beside its type and number. */
const fieldsByType: Readonly<Record<string, Fields>> = {
  'response.created': { response },
  'response.queued': { response },
  'response.in_progress': { response },
  'response.completed': { response },
  'response.incomplete': { response },
  'response.failed': { response },
  'response.output_item.added': { output_index: count, item: outputItem },
  'response.output_item.done': { output_index: count, item: outputItem },
  'response.content_part.added': { ...inContent, part: outputText },
  'response.content_part.done': { ...inContent, part: outputText },
  'response.output_text.delta': { ...inContent, logprobs: noProbabilities, delta: text },
  'response.output_text.done': { ...inContent, logprobs: noProbabilities, text },
  'response.output_text.annotation.added': { ...inContent, annotation_index: count, annotation: flatCitation },
  'response.reasoning_summary_part.added': { ...inSummary, part: summaryText },
  'response.reasoning_summary_part.done': { ...inSummary, part: summaryText },
  'response.reasoning_summary_text.delta': { ...inSummary, delta: text },
  'response.reasoning_summary_text.done': { ...inSummary, text },
  'response.function_call_arguments.delta': { ...inItem, delta: text },
  'response.function_call_arguments.done': { ...inItem, name: text, arguments: text },
  'response.custom_tool_call_input.delta': { ...inItem, delta: text },
  'response.custom_tool_call_input.done': { ...inItem, input: text },
  'response.image_generation_call.in_progress': inItem,
  'response.image_generation_call.generating': inItem,
  'response.image_generation_call.completed': inItem,
};

const failure = { message: text, type: text, param: orNull(text), code: text };

/** For the SDKs: its fields are there flat and below `error`. */
const errorEvent = object({
  type: only('error'),
  sequence_number: count,
  code: text,
  message: text,
  param: orNull(text),
  error: object(failure),
});

const lifeEvents: Fields = Object.fromEntries(
  Object.entries(fieldsByType).map(([type, fields]) => [
    type,
    object({ type: only(type), sequence_number: count, ...fields }),
  ]),
);

/** The events of a streamed response. */
export const responseEvents: Fields = { ...lifeEvents, error: errorEvent };
