import { count, named, object } from '../json-schema.ts';

/** OpenAI's token counts of a chat. */
export const chatUsage = named(
  'ChatUsage',
  object(
    { prompt_tokens: count, completion_tokens: count, total_tokens: count },
    {
      prompt_tokens_details: object({}, { cached_tokens: count, image_tokens: count }),
      completion_tokens_details: object({ reasoning_tokens: count }),
    },
  ),
);

/** OpenAI's token counts of a response. */
export const responseUsage = named(
  'ResponseUsage',
  object({
    input_tokens: count,
    input_tokens_details: object({ cached_tokens: count, cache_write_tokens: count }),
    output_tokens: count,
    output_tokens_details: object({ reasoning_tokens: count }),
    total_tokens: count,
  }),
);

/** OpenAI's token counts of pictures. */
export const imageUsage = named(
  'ImageUsage',
  object({
    input_tokens: count,
    output_tokens: count,
    total_tokens: count,
    input_tokens_details: object({ text_tokens: count, image_tokens: count }),
  }),
);

/** Anthropic's token counts. */
export const messageUsage = named(
  'MessageUsage',
  object(
    {
      input_tokens: count,
      output_tokens: count,
      cache_creation_input_tokens: count,
      cache_read_input_tokens: count,
    },
    { output_tokens_details: object({ thinking_tokens: count }) },
  ),
);

/** Google's token counts. */
export const geminiUsage = named(
  'GeminiUsage',
  object(
    { promptTokenCount: count, candidatesTokenCount: count, totalTokenCount: count },
    { thoughtsTokenCount: count, cachedContentTokenCount: count },
  ),
);
