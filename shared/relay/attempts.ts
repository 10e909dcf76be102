import { setTimeout as pause } from 'node:timers/promises';
import type { AccountSource, LeasedAccount } from '../accounts/leased-account.ts';
import { PoolCoolingError } from '../accounts/no-account-errors.ts';
import { UpstreamUnavailableError } from '../chat/errors/answer-faults.ts';
import { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Logger } from '../logging/logger.ts';
import { RetryPlan } from './retry-plan.ts';

/** One request on its way over the accounts. */
export interface AttemptContext {
  readonly requestId: string;
  /** No attempt follows once it is aborted. */
  readonly signal: AbortSignal;
  /** The account that owns the chat to go on with. */
  readonly accountId?: string;
  /** Milliseconds to wait for an account at most; all that is left for the request when absent. */
  readonly patience?: number;
  /** What the account is asked to do; `chat` when absent. */
  readonly kind?: WorkKind;
  /** A short call beside the answers, for which no account is kept from others. */
  readonly errand?: boolean;
}

/** Tries accounts until one does the work of a request. */
export class Attempts {
  readonly #accounts: AccountSource;
  readonly #logger: Logger;

  constructor(accounts: AccountSource, logger: Logger) {
    this.#accounts = accounts;
    this.#logger = logger;
  }

  /**
   * @param work an UpstreamError that it throws counts as the account's failure, and may be tried again; other errors
   *   end the request. Its lease goes on after it; whoever takes the result ends it.
   * @param plan of a request that was tried in another way before, for which `last` has come of it.
   * @throws the last upstream error, or a pool error when the pool's state tells more.
   */
  async run<Result>(
    context: AttemptContext,
    work: (lease: LeasedAccount) => Promise<Result>,
    plan = new RetryPlan(context.accountId !== undefined),
    last?: UpstreamError,
  ): Promise<Result> {
    let lease = await this.#lease(plan, context, last);
    for (;;) {
      try {
        return await work(lease);
      } catch (error) {
        if (!(error instanceof UpstreamError) || context.signal.aborted) {
          lease.release();
          throw error;
        }
        lease = await this.#nextLease(plan, lease, error, context);
      }
    }
  }

  async #nextLease(
    plan: RetryPlan,
    lease: LeasedAccount,
    error: UpstreamError,
    context: AttemptContext,
  ): Promise<LeasedAccount> {
    await lease.settle(error);
    const facts = { requestId: context.requestId, account: lease.accountId };
    this.#logger.warn('attempt failed', { ...facts, code: error.code, upstreamCode: error.upstreamCode });
    const { signal } = context;
    let step = plan.after(lease.accountId, error);
    if (step === 'renew-token') {
      try {
        return await lease.renew({ patience: plan.remaining, signal });
      } catch (renewal) {
        this.#logger.warn('renewal failed', { ...facts, error: renewal });
        step = plan.afterFailedRenewal(lease.accountId);
      }
    }
    if (step === 'give-up') throw await this.#lastWord(plan, lease, error, context);
    const milliseconds = plan.pauseAfter(error);
    if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    return this.#lease(plan, context, error);
  }

  // Where tries and time are used up, the word of the account that was tried last, which may be that no other try helps,
  // is not that of the accounts that are left.
  async #lastWord(
    plan: RetryPlan,
    { accountId }: LeasedAccount,
    error: UpstreamError,
    context: AttemptContext,
  ): Promise<Error> {
    const mayBeServed = error.advice === 'other-account' || error.advice === 'renew-token';
    if (!mayBeServed || context.accountId !== undefined || error instanceof UpstreamUnavailableError) return error;
    plan.excluded.add(accountId);
    const left = await this.#lease(plan, { ...context, errand: true }, error);
    left.release();
    return new PoolCoolingError('All accounts that were tried have refused the request; others are left. Try again.', {
      retryAfterSeconds: 1,
    });
  }

  async #lease(plan: RetryPlan, context: AttemptContext, last?: UpstreamError): Promise<LeasedAccount> {
    const { accountId, errand, kind = 'chat', patience = Number.POSITIVE_INFINITY, signal } = context;
    try {
      return await this.#accounts.lease(kind, {
        exclude: plan.excluded,
        patience: Math.min(patience, plan.remaining),
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
