import { setTimeout as pause } from 'node:timers/promises';
import type { AccountPool } from '../accounts/account-pool.ts';
import type { Lease } from '../accounts/lease.ts';
import { UpstreamUnavailableError } from '../chat/errors/answer-faults.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { Logger } from '../logging/logger.ts';
import { RetryPlan } from './retry-plan.ts';

/** One request on its way over the accounts. */
export interface AttemptContext {
  readonly requestId: string;
  /** No attempt follows once it is aborted. */
  readonly signal: AbortSignal;
  /** The account that owns the chat to go on with. */
  readonly accountId?: string;
  /** A short call beside the answers, for which no account is kept from others. */
  readonly errand?: boolean;
}

/** Tries accounts until one does the work of a request. */
export class Attempts {
  readonly #pool: AccountPool;
  readonly #logger: Logger;

  constructor(pool: AccountPool, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  /**
   * @param work an UpstreamError that it throws counts as the account's failure, and may be tried again; other errors
   *   end the request. Its lease goes on after it; whoever takes the result ends it.
   * @throws the last upstream error, or a pool error when the pool's state tells more.
   */
  async run<Result>(context: AttemptContext, work: (lease: Lease) => Promise<Result>): Promise<Result> {
    const plan = new RetryPlan(context.accountId !== undefined);
    let lease = await this.#lease(plan, context);
    for (;;) {
      try {
        return await work(lease);
      } catch (error) {
        if (!(error instanceof UpstreamError) || context.signal.aborted) {
          this.#pool.release(lease);
          throw error;
        }
        lease = await this.#nextLease(plan, lease, error, context);
      }
    }
  }

  async #nextLease(plan: RetryPlan, lease: Lease, error: UpstreamError, context: AttemptContext): Promise<Lease> {
    await this.#pool.settle(lease, lease.kind, error);
    const facts = { requestId: context.requestId, account: lease.accountId };
    this.#logger.warn('attempt failed', { ...facts, code: error.code, upstreamCode: error.upstreamCode });
    const { signal } = context;
    let step = plan.after(lease.accountId, error);
    if (step === 'renew-token') {
      try {
        return await this.#pool.renew(lease, { patience: plan.remaining, signal });
      } catch (renewal) {
        this.#logger.warn('renewal failed', { ...facts, error: renewal });
        step = plan.afterFailedRenewal(lease.accountId);
      }
    }
    if (step === 'give-up') throw error;
    const milliseconds = plan.pauseAfter(error);
    if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    return this.#lease(plan, context, error);
  }

  async #lease(plan: RetryPlan, context: AttemptContext, last?: UpstreamError): Promise<Lease> {
    const { accountId, errand, signal } = context;
    try {
      return await this.#pool.lease('chat', {
        exclude: plan.excluded,
        patience: plan.remaining,
        signal,
        ...(accountId !== undefined && { accountId }),
        ...(errand !== undefined && { errand }),
      });
    } catch (poolError) {
      // The pool's state tells more than the last account's word, unless the fault was nobody's account.
      throw last instanceof UpstreamUnavailableError && !signal.aborted ? last : poolError;
    }
  }
}
