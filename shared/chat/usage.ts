/** Token counts of one answer. Where the numbers come from is the upstream's business; dialects only rename them. */
export interface Usage {
  readonly inputTokens: number;
  /** All generated tokens, reasoning included. */
  readonly outputTokens: number;
  readonly totalTokens: number;
  /** The part of `outputTokens` spent on reasoning, when the upstream tells. */
  readonly reasoningTokens?: number;
  /** The part of `inputTokens` read from the upstream's cache, when it tells. */
  readonly cachedTokens?: number;
  /** The part of `inputTokens` that pictures took, when the upstream tells. */
  readonly imageTokens?: number;
}
