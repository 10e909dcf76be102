import type { FinishReason } from '../../chat/finish-reason.ts';

const finishReasons = {
  stop: 'stop',
  'tool-calls': 'tool_calls',
  length: 'length',
  'content-filter': 'content_filter',
} as const satisfies Record<FinishReason, string>;

/** OpenAI's `finish_reason`. */
export function writeFinishReason(reason: FinishReason): (typeof finishReasons)[FinishReason] {
  return finishReasons[reason];
}
