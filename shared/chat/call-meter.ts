import type { ChatEvents } from './event.ts';
import type { FinishReason } from './finish-reason.ts';
import type { ChatRequest } from './request.ts';
import type { Usage } from './usage.ts';

/** What is known of one answer at any moment. */
export interface AnswerFacts {
  /** The upstream's last count. */
  readonly usage: Usage | undefined;
  readonly finishReason: FinishReason | undefined;
  /** Tokens of what was given since that count, as estimated. */
  readonly uncountedTokens: number;
  /** `performance.now()` when the first visible event came. */
  readonly beganAt: number | undefined;
}

/** Measures one answer, whoever gives it. */
export interface AnswerMeter {
  /** The answer, cut with finish reason `length` where its caller may use no more tokens. */
  limit(events: ChatEvents): ChatEvents;
  /** An account gives the answer, in place of those that were tried before. */
  serve(account: string, facts: AnswerFacts): void;
}

/** What a request is going to use, as far as that can be said before it. */
export interface Wanted {
  /** Whose prompt and answer are counted in tokens. */
  readonly chat?: Pick<ChatRequest, 'messages' | 'limits' | 'tools'>;
  readonly images?: number;
  /** Who serves it in place of this request; see `Call.wasQueued`. */
  readonly queued?: {
    /** The id of the request by which it is served. */
    readonly id: string;
    /** Epoch milliseconds by which that has begun, or never will. */
    readonly until: number;
  };
}

/** A job that goes on after its request. */
export interface OrderedJob {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly videoSeconds: number;
}

/** What a job keeps of the request that has ordered it, for when it is over. */
export interface JobMetering {
  /** The day that the job counts for. */
  readonly day: string;
  readonly path: string;
  readonly dialect: string;
  /** Whether something is reserved for it. */
  readonly reserved: boolean;
}

/** Counts what one request uses, and keeps it within its caller's limits. */
export interface CallMeter {
  /** Tells what the request is about. */
  describe(facts: { readonly model?: string; readonly target?: string; readonly stream?: boolean }): void;
  /**
   * Reserves what the request is going to use; the upstream must not be asked before. For callers without limits there is
   * nothing to wait for. May be called again for more.
   *
   * @returns rejects with a LimitExceededError or StoreUnavailableError.
   */
  admit(wanted: Wanted): Promise<void> | undefined;
  /** @param kind of what it gives: only tokens of chats are charged. */
  answer(kind: 'chat' | 'image'): AnswerMeter;
  /** Pictures were made. @param objects their keys in the owner's bucket. */
  madeImages(count: number, objects?: readonly string[]): void;
  /** The answer is good and whole. Resolves when that is written down and charged. */
  keep(): Promise<void>;
  /**
   * Reserves for a job, which is charged when it is over, in place of the request.
   *
   * @throws LimitExceededError, StoreUnavailableError
   */
  handOver(job: OrderedJob): Promise<JobMetering>;
  /** There is no such job after all. @throws StoreUnavailableError */
  takeBack(jobId: string): Promise<void>;
  /** Something else that is measured by itself serves the request. What was reserved as `queued` stays for it. */
  leave(): void;
}
