import {
  anyOf,
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
import { chatUsage } from './usage.ts';

const urlCitation = named(
  'UrlCitation',
  object({
    type: only('url_citation'),
    url_citation: object({ start_index: count, end_index: count, title: text, url: text }),
  }),
);

const toolCall = named(
  'ToolCall',
  anyOf(
    object({ id: text, type: only('function'), function: object({ name: text, arguments: text }) }),
    object({ id: text, type: only('custom'), custom: object({ name: text, input: text }) }),
  ),
);

const message = object(
  { role: only('assistant'), content: orNull(text), refusal: only(null) },
  { reasoning_content: text, annotations: listOf(urlCitation), tool_calls: listOf(toolCall) },
);

const finishReason = oneOf('stop', 'length', 'tool_calls', 'content_filter');

/** What the native form adds to each body and chunk; the last of them is in both forms where a conversation is kept. */
const conversationFields = { chatId: text, parentId: text, conversation_id: text };

const required: Fields = {
  id: text,
  object: only('chat.completion'),
  created: epochSeconds,
  model: text,
  choices: listOf(object({ index: only(0), message, logprobs: only(null), finish_reason: finishReason })),
};

/** A whole answer in OpenAI's form. */
export const chatCompletion: JsonSchema = named(
  'ChatCompletion',
  object(required, { conversation_id: text, usage: chatUsage }),
);

/** The same in the native form, which also names the place where the conversation goes on, or the video that was made. */
export const nativeCompletion: JsonSchema = named(
  'NativeChatCompletion',
  object(required, { ...conversationFields, usage: chatUsage, video_url: text, task_id: text }),
);

const toolCallPiece = object(
  { index: count },
  {
    id: text,
    type: oneOf('function', 'custom'),
    function: object({ arguments: text }, { name: text }),
    custom: object({ input: text }, { name: text }),
  },
);

const delta = object(
  {},
  {
    role: only('assistant'),
    content: text,
    reasoning_content: text,
    annotations: listOf(urlCitation),
    tool_calls: listOf(toolCallPiece),
  },
);

/** One piece of a streamed answer. */
export const chatCompletionChunk: JsonSchema = named(
  'ChatCompletionChunk',
  object(
    {
      id: text,
      object: only('chat.completion.chunk'),
      created: epochSeconds,
      model: text,
      choices: listOf(object({ index: only(0), delta, finish_reason: orNull(finishReason) })),
    },
    { ...conversationFields, usage: chatUsage },
  ),
);
