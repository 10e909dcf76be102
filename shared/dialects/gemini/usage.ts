import type { Usage } from '../../chat/usage.ts';

/** Google's `usageMetadata`; what the upstream did not tell is left out rather than made up. */
export interface UsageBody {
  readonly promptTokenCount: number;
  /** Without thoughts (client-apis C.3). */
  readonly candidatesTokenCount: number;
  readonly thoughtsTokenCount?: number;
  readonly cachedContentTokenCount?: number;
  readonly totalTokenCount: number;
}

export function writeUsage(usage: Usage): UsageBody {
  const { inputTokens, outputTokens, totalTokens, reasoningTokens, cachedTokens } = usage;
  return {
    promptTokenCount: inputTokens,
    candidatesTokenCount: Math.max(0, outputTokens - (reasoningTokens ?? 0)),
    ...(reasoningTokens !== undefined && { thoughtsTokenCount: reasoningTokens }),
    ...(cachedTokens !== undefined && { cachedContentTokenCount: cachedTokens }),
    totalTokenCount: totalTokens,
  };
}
