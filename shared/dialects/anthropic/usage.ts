import type { Usage } from '../../chat/usage.ts';

/** Anthropic's `usage`, as far as it is known. */
export interface UsageBody {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly output_tokens_details?: { readonly thinking_tokens: number };
}

/** Renames token counts. Anthropic counts cached tokens apart from the others (client-apis C.2). */
export function writeUsage({ inputTokens, outputTokens, cachedTokens = 0, reasoningTokens }: Usage): UsageBody {
  return {
    input_tokens: inputTokens - cachedTokens,
    output_tokens: outputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cachedTokens,
    ...(reasoningTokens !== undefined && { output_tokens_details: { thinking_tokens: reasoningTokens } }),
  };
}
