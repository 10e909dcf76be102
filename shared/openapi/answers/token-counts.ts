import { count, listOf, named, object, only } from '../json-schema.ts';

export const anthropicTokenCount = named('MessageTokenCount', object({ input_tokens: count }));

export const responseTokenCount = named(
  'ResponseTokenCount',
  object({ object: only('response.input_tokens'), input_tokens: count }),
);

export const geminiTokenCount = named(
  'GeminiTokenCount',
  object({
    totalTokens: count,
    promptTokensDetails: listOf(object({ modality: only('TEXT'), tokenCount: count })),
  }),
);
