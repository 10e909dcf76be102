import type { AccountPool, Lease } from '../accounts/account-pool.ts';
import { UpstreamUnavailableError } from '../chat/errors/answer-faults.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import { shapeEvents } from '../chat/shaping/shape-events.ts';
import type { ChatUpstream, ResolvedChatRequest } from '../chat/upstream.ts';
import type { Logger } from '../logging/logger.ts';
import type { AfterAnswer } from './after-answer.ts';
import { AnswerRecord } from './answer-record.ts';
import { RetryPlan } from './retry-plan.ts';
import type { ServedAnswer } from './served-answer.ts';

/** One request on its way over the accounts. */
export interface AttemptContext {
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** The account that owns the chat to go on with. */
  readonly accountId?: string;
}

/** Tries accounts until one serves a request. */
export class Attempts {
  readonly #pool: AccountPool;
  readonly #upstream: ChatUpstream;
  readonly #after: AfterAnswer;
  readonly #logger: Logger;

  constructor(pool: AccountPool, upstream: ChatUpstream, after: AfterAnswer, logger: Logger) {
    this.#pool = pool;
    this.#upstream = upstream;
    this.#after = after;
    this.#logger = logger;
  }

  /**
   * @param consume takes from the answer as much as must be right before the caller hears anything: its head when it is
   *   streamed, all of it otherwise. What it throws counts as the account's failure.
   * @throws the last upstream error, or a pool error when the pool's state tells more.
   */
  async run<Result>(
    request: ResolvedChatRequest,
    context: AttemptContext,
    consume: (served: ServedAnswer) => Promise<Result>,
  ): Promise<Result> {
    const plan = new RetryPlan(context.accountId !== undefined);
    let lease = await this.#lease(plan, context);
    for (;;) {
      const outcome = await this.#try(request, lease, context, consume);
      if (!(outcome instanceof UpstreamError)) return outcome.result;
      lease = await this.#nextLease(plan, lease, outcome, context);
    }
  }

  /** @returns what `consume` made, or the upstream error that it met. Other errors are thrown. */
  async #try<Result>(
    request: ResolvedChatRequest,
    lease: Lease,
    context: AttemptContext,
    consume: (served: ServedAnswer) => Promise<Result>,
  ): Promise<{ readonly result: Result } | UpstreamError> {
    let served: ServedAnswer | undefined;
    try {
      const answer = await this.#upstream.chat(request, lease.credentials, context.signal);
      const record = new AnswerRecord();
      served = { lease, answer, record, events: record.watch(shapeEvents(answer.events, request)) };
      return { result: await consume(served) };
    } catch (error) {
      if (served !== undefined) this.#after.discard(served);
      if (!(error instanceof UpstreamError) || context.signal.aborted) throw error;
      return error;
    }
  }

  async #nextLease(plan: RetryPlan, lease: Lease, error: UpstreamError, context: AttemptContext): Promise<Lease> {
    await this.#pool.settle(lease, 'chat', error);
    this.#logger.warn('attempt failed', {
      requestId: context.requestId,
      account: lease.accountId,
      code: error.code,
      upstreamCode: error.upstreamCode,
    });
    let step = plan.after(lease.accountId, error);
    if (step === 'renew-token') {
      try {
        return await this.#pool.renew(lease);
      } catch (renewal) {
        this.#logger.warn('renewal failed', { requestId: context.requestId, account: lease.accountId, error: renewal });
        step = plan.afterFailedRenewal(lease.accountId);
      }
    }
    if (step === 'give-up') throw error;
    return this.#lease(plan, context, error);
  }

  async #lease(plan: RetryPlan, { accountId }: AttemptContext, last?: UpstreamError): Promise<Lease> {
    try {
      return await this.#pool.lease('chat', {
        exclude: plan.excluded,
        ...(accountId === undefined ? {} : { accountId }),
      });
    } catch (poolError) {
      // The pool's state tells more than the last account's word, unless the fault was nobody's account.
      throw last instanceof UpstreamUnavailableError ? last : poolError;
    }
  }
}
