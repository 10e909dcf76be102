import type { AnswerFacts } from '../chat/call-meter.ts';
import type { TokenSource } from './usage-row.ts';

/** One answer of a request, by the account that gave it last. */
export interface AnswerUse {
  readonly kind: 'chat' | 'image';
  readonly account: string;
  readonly facts: AnswerFacts;
}

/** The tokens of a request, and who has counted them. */
export interface TokenCounts {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens?: number;
  readonly tokenSource: TokenSource;
  /** Of chats: pictures are charged as pictures. */
  readonly chargeable: number;
}

/** @param estimatePrompt counts the prompt of the chat where the upstream has not. */
export function countUses(uses: readonly AnswerUse[], estimatePrompt: () => number): TokenCounts {
  let [promptTokens, completionTokens, reasoningTokens, chargeable] = [0, 0, 0, 0];
  let isEstimate = false;
  let isCounted = false;
  for (const { kind, facts } of uses) {
    const { usage, uncountedTokens } = facts;
    if (usage === undefined && facts.beganAt === undefined) continue;
    // Of pictures, nobody but the upstream knows.
    if (usage === undefined && kind === 'image') continue;
    const prompt = usage?.inputTokens ?? estimatePrompt();
    const completion = (usage?.outputTokens ?? 0) + uncountedTokens;
    promptTokens += prompt;
    completionTokens += completion;
    reasoningTokens += usage?.reasoningTokens ?? 0;
    if (kind === 'chat') chargeable += prompt + completion;
    isCounted = true;
    isEstimate ||= usage === undefined || uncountedTokens > 0;
  }
  return {
    promptTokens,
    completionTokens,
    ...(reasoningTokens > 0 && { reasoningTokens }),
    tokenSource: sourceOf(isCounted, isEstimate),
    chargeable,
  };
}

function sourceOf(isCounted: boolean, isEstimate: boolean): TokenSource {
  if (!isCounted) return 'none';
  return isEstimate ? 'estimate' : 'upstream';
}

/** Of an answer that nobody got. */
export const noTokens: TokenCounts = { promptTokens: 0, completionTokens: 0, tokenSource: 'none', chargeable: 0 };
