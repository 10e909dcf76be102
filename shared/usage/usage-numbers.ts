import type { UsageRow } from '../metering/usage-row.ts';

/** What is counted. */
export const usageNames = [
  'requests',
  'errors',
  'aborted',
  'promptTokens',
  'completionTokens',
  'reasoningTokens',
  'upstreamTokens',
  'tokenizerTokens',
  'estimatedTokens',
  'images',
  'videoSeconds',
] as const;

/** Sums over requests. The tokens of the three sources add up to prompt and completion; reasoning is part of the latter. */
export type UsageNumbers = Record<(typeof usageNames)[number], number>;

/** Sums over nothing. */
export function noUsage(): UsageNumbers {
  return {
    requests: 0,
    errors: 0,
    aborted: 0,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    upstreamTokens: 0,
    tokenizerTokens: 0,
    estimatedTokens: 0,
    images: 0,
    videoSeconds: 0,
  };
}

/** Adds to a sum. */
export function addUsage(sum: UsageNumbers, more: Readonly<UsageNumbers>): void {
  for (const name of usageNames) sum[name] += more[name];
}

/** One request in numbers. Who leaves before the end is counted as such, and as no error. */
export function usageOf(row: UsageRow): UsageNumbers {
  const { promptTokens, completionTokens, tokenSource } = row;
  const tokens = promptTokens + completionTokens;
  const isAborted = row.aborted === true;
  return {
    requests: 1,
    errors: !isAborted && isFailure(row) ? 1 : 0,
    aborted: isAborted ? 1 : 0,
    promptTokens,
    completionTokens,
    reasoningTokens: row.reasoningTokens ?? 0,
    upstreamTokens: tokenSource === 'upstream' ? tokens : 0,
    tokenizerTokens: tokenSource === 'tokenizer' ? tokens : 0,
    estimatedTokens: tokenSource === 'estimate' || tokenSource === 'none' ? tokens : 0,
    images: row.images,
    videoSeconds: row.videoSeconds,
  };
}

/** Whether the request went wrong, also when its status had been sent already. */
export function isFailure({ status, errorCode }: Pick<UsageRow, 'status' | 'errorCode'>): boolean {
  return status >= 400 || errorCode !== undefined;
}
