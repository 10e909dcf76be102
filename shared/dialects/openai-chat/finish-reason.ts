import type { FinishReason } from '../../chat/finish-reason.ts';

/** OpenAI's `finish_reason`. */
export function writeFinishReason(reason: FinishReason): 'stop' | 'length' | 'content_filter' {
  return reason === 'content-filter' ? 'content_filter' : reason;
}
