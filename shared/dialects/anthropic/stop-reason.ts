import type { FinishEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';

const stopReasons = {
  stop: 'end_turn',
  'tool-calls': 'tool_use',
  length: 'max_tokens',
  'content-filter': 'refusal',
} as const satisfies Record<FinishReason, string>;

/** Why an answer ended, as Anthropic's messages and `message_delta` events say it. */
export interface StopBody {
  readonly stop_reason: (typeof stopReasons)[FinishReason] | 'stop_sequence';
  readonly stop_sequence: string | null;
  readonly stop_details: null;
}

export function writeStop({ reason, stopSequence }: FinishEvent): StopBody {
  const met = stopSequence !== undefined;
  return {
    stop_reason: met ? 'stop_sequence' : stopReasons[reason],
    stop_sequence: stopSequence ?? null,
    stop_details: null,
  };
}
