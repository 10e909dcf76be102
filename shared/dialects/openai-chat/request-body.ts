import * as z from 'zod/mini';
import { messageBody } from './message-body.ts';
import { toolBody, toolChoiceBody } from './tool-body.ts';

const positiveInteger = z.int().check(z.gte(1));

const responseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string(), schema: z.nullish(z.record(z.string(), z.unknown())) }),
  }),
]);

/** Stop sequences are matched all at once; this bounds the matcher. OpenAI takes 4, others up to 16. */
const maximumStopSequences = 16;

/**
 * The known fields beside model and messages; `null` stands for an absent one. Fields not named here, as `temperature`,
 * are ignored.
 */
export const chatFields = {
  stream: z.nullish(z.boolean()),
  stream_options: z.nullish(z.object({ include_usage: z.nullish(z.boolean()) })),
  max_tokens: z.nullish(positiveInteger),
  max_completion_tokens: z.nullish(positiveInteger),
  stop: z.nullish(z.union([z.string(), z.array(z.string()).check(z.maxLength(maximumStopSequences))])),
  n: z.nullish(positiveInteger),
  response_format: z.nullish(responseFormat),
  reasoning_effort: z.nullish(z.string()),
  enable_thinking: z.nullish(z.boolean()),
  thinking_budget: z.nullish(positiveInteger),
  enable_search: z.nullish(z.boolean()),
  web_search_options: z.nullish(z.looseObject({})),
  tools: z.nullish(z.array(toolBody)),
  tool_choice: z.nullish(toolChoiceBody),
  parallel_tool_calls: z.nullish(z.boolean()),
  functions: z.nullish(z.array(z.unknown())),
  function_call: z.nullish(z.union([z.string(), z.looseObject({})])),
  logprobs: z.nullish(z.boolean()),
  modalities: z.nullish(z.array(z.string())),
  size: z.nullish(z.string()),
};

const chatFieldsBody = z.object(chatFields);

/** The fields that every chat body of the OpenAI family shares. */
export type ChatFieldsBody = z.output<typeof chatFieldsBody>;

/** A name or id that must hold something. */
export const nonEmptyString = z.string().check(z.minLength(1));

/** The list of messages, at least one. */
export const messagesBody = z.array(messageBody).check(z.minLength(1));

/** `POST /v1/chat/completions`. */
export const openAiChatBody = z.object({
  ...chatFields,
  model: nonEmptyString,
  messages: messagesBody,
  conversation_id: z.nullish(z.string()),
});
