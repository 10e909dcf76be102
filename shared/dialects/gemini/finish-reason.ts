import type { FinishReason } from '../../chat/finish-reason.ts';

const finishReasons = {
  stop: 'STOP',
  // Google has no reason of its own for calls.
  'tool-calls': 'STOP',
  length: 'MAX_TOKENS',
  'content-filter': 'SAFETY',
} as const satisfies Record<FinishReason, string>;

/** Google's `finishReason`. */
export function writeFinishReason(reason: FinishReason): (typeof finishReasons)[FinishReason] {
  return finishReasons[reason];
}
