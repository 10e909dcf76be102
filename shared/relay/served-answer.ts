import type { LeasedAccount } from '../accounts/leased-account.ts';
import type { ChatEvents } from '../chat/event.ts';
import type { UpstreamAnswer } from '../chat/upstream.ts';
import type { LogFields } from '../logging/logger.ts';
import type { AnswerRecord } from './answer-record.ts';

/** An answer under way, and the account that gives it. */
export interface ServedAnswer {
  readonly lease: LeasedAccount;
  readonly answer: UpstreamAnswer;
  /** The answer's events after all shaping: to be read once. */
  readonly events: ChatEvents;
  /** What the events have told so far. */
  readonly record: AnswerRecord;
}

/** What a request's log line tells of its answer. Never content. */
export function factsOf({ lease, record }: ServedAnswer): LogFields {
  return { account: lease.accountId, usage: record.usage, finishReason: record.finishReason };
}
