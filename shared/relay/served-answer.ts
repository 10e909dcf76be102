import type { LeasedAccount } from '../accounts/leased-account.ts';
import type { ChatEvents } from '../chat/event.ts';
import type { UpstreamAnswer } from '../chat/upstream.ts';
import type { LogFields } from '../logging/logger.ts';
import type { CallFormatName } from '../tools/call-format.ts';
import type { AnswerRecord } from './answer-record.ts';
import type { Sequel } from './sequel.ts';

/** An answer under way, and the account that gives it. */
export interface ServedAnswer {
  readonly lease: LeasedAccount;
  readonly answer: UpstreamAnswer;
  /** The answer's events after all shaping: to be read once. */
  readonly events: ChatEvents;
  /** What the events have told so far. */
  readonly record: AnswerRecord;
  readonly sequel?: Sequel;
  /** The markup in which calls of tools were asked for. */
  readonly callFormat: CallFormatName;
}

/** What a request's log line tells of its answer. Never content. */
export function factsOf({ lease, record, answer }: ServedAnswer): LogFields {
  const { usage, finishReason } = record;
  return {
    account: lease.accountId,
    usage,
    finishReason,
    continued: !answer.ownsChat,
    ...(answer.sentBytes !== undefined && { sentBytes: answer.sentBytes }),
  };
}
