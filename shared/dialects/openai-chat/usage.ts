import type { Usage } from '../../chat/usage.ts';

/** OpenAI's `usage`; details that the upstream did not tell are left out rather than made up. */
export interface UsageBody {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number; readonly image_tokens?: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens: number };
}

/** Renames token counts. OpenAI counts cached tokens and reasoning within the prompt and the completion, as we do. */
export function writeUsage(usage: Usage): UsageBody {
  const { cachedTokens, imageTokens, reasoningTokens } = usage;
  const promptDetails = {
    ...(cachedTokens !== undefined && { cached_tokens: cachedTokens }),
    ...(imageTokens !== undefined && { image_tokens: imageTokens }),
  };
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.totalTokens,
    ...(Object.keys(promptDetails).length > 0 && { prompt_tokens_details: promptDetails }),
    ...(reasoningTokens !== undefined && { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}
