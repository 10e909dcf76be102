import * as z from 'zod/mini';
import { nonEmptyString } from '../openai-chat/request-body.ts';
import { blockBody } from './block-body.ts';
import { toolBody, toolChoiceBody } from './tool-body.ts';

const positiveInteger = z.int().check(z.gte(1));

const content = z.union([z.string(), z.array(blockBody)]);

/** A message; a `system` message may stand anywhere (clients §1 (4)). */
const messageBody = z.object({ role: z.enum(['user', 'assistant', 'system']), content });

export type MessageBody = z.output<typeof messageBody>;

const jsonFormat = z.object({ type: z.string(), schema: z.nullish(z.record(z.string(), z.unknown())) });

/** Stop sequences are matched all at once; this bounds the matcher. */
const maximumStopSequences = 64;

/**
 * `POST /v1/messages`; `null` stands for an absent field. Fields not named here, as `temperature`, `metadata`,
 * `context_management` and `safeguards`, are ignored.
 */
export const anthropicBody = z.object({
  model: nonEmptyString,
  messages: z.array(messageBody).check(z.minLength(1)),
  system: z.nullish(z.union([z.string(), z.array(z.object({ type: z.literal('text'), text: z.string() }))])),
  stream: z.nullish(z.boolean()),
  /** Anthropic demands it; without it the answer has no limit here. */
  max_tokens: z.nullish(positiveInteger),
  stop_sequences: z.nullish(z.array(z.string()).check(z.maxLength(maximumStopSequences))),
  tools: z.nullish(z.array(toolBody)),
  tool_choice: z.nullish(toolChoiceBody),
  thinking: z.nullish(
    z.object({
      type: z.string(),
      budget_tokens: z.nullish(positiveInteger),
      display: z.nullish(z.string()),
    }),
  ),
  output_config: z.nullish(z.object({ effort: z.nullish(z.string()), format: z.nullish(jsonFormat) })),
  /** Where the format stood before `output_config`. */
  output_format: z.nullish(jsonFormat),
  thread: z.nullish(z.unknown()),
});

export type AnthropicBody = z.output<typeof anthropicBody>;
