import type { UpstreamError } from '../chat/errors/upstream-error.ts';

/** What to do after an upstream's refusal. */
export type NextStep = 'give-up' | 'lease-another' | 'renew-token';

/** More would keep a caller waiting without a better chance. */
const maximumAttempts = 6;
/** How often the model is told again, more strongly, in what form to answer. */
const maximumInsistences = 2;
/** A refresh, and a sign-in when that did not help; whether a second one makes sense is the account's own business. */
const maximumRenewals = 2;
/** Milliseconds after which nothing more is begun: most callers give up soon after a minute. */
const timeBudget = 60_000;
/** Milliseconds before a passing fault is tried again. */
const shortestPause = 100;
const longestPause = 400;

/** Whether it is the account that was turned away, in whatever chat. */
export function concernsAccount({ advice }: UpstreamError): boolean {
  return advice === 'renew-token' || advice === 'other-account';
}

/** Decides, for one request, what may be tried next; every kind of repetition is bounded. */
export class RetryPlan {
  /** Accounts that can't serve this request. */
  readonly excluded = new Set<string>();
  readonly #pinned: boolean;
  #inThread = false;
  readonly #renewals = new Map<string, number>();
  readonly #now: () => number;
  readonly #end: number;
  #attempts = 0;
  #repeated = false;
  #insistences = 0;

  /**
   * @param pinned whether the request belongs to one account's chat and can't move.
   * @param now milliseconds of any clock that only goes forward.
   */
  constructor(pinned: boolean, now: () => number = () => performance.now()) {
    this.#pinned = pinned;
    this.#now = now;
    this.#end = now() + timeBudget;
  }

  /**
   * From here on, the request goes on with an upstream chat while it may also be served anew: it is tried once, except
   * that its account may get another token.
   */
  enterThread(): void {
    this.#inThread = true;
  }

  /** The request is to be served anew, by what is left of tries and time. */
  leaveThread(): void {
    this.#inThread = false;
  }

  /** Milliseconds that are left for all that is still to be tried. */
  get remaining(): number {
    return Math.max(0, this.#end - this.#now());
  }

  /** Milliseconds to wait before the same is tried again: other callers met the same fault at the same time. */
  pauseAfter({ advice }: UpstreamError): number {
    if (advice !== 'once' && advice !== 'new-chat') return 0;
    return shortestPause + Math.random() * (longestPause - shortestPause);
  }

  after(accountId: string, error: UpstreamError): NextStep {
    this.#attempts += 1;
    if (this.#attempts >= maximumAttempts || this.remaining === 0) return 'give-up';
    if (this.#inThread && !concernsAccount(error)) return 'give-up';
    switch (error.advice) {
      case 'never':
        return 'give-up';
      case 'once':
        return this.#repeat();
      case 'insist':
        return this.#insist();
      case 'new-chat':
        return this.#pinned ? 'give-up' : this.#repeat();
      case 'renew-token':
        return this.#renew(accountId);
      case 'other-account':
        return this.#exclude(accountId);
    }
  }

  /** The account could not be renewed either. */
  afterFailedRenewal(accountId: string): NextStep {
    return this.#exclude(accountId);
  }

  #repeat(): NextStep {
    if (this.#repeated) return 'give-up';
    this.#repeated = true;
    return 'lease-another';
  }

  #insist(): NextStep {
    if (this.#insistences >= maximumInsistences) return 'give-up';
    this.#insistences += 1;
    return 'lease-another';
  }

  #renew(accountId: string): NextStep {
    const renewals = (this.#renewals.get(accountId) ?? 0) + 1;
    if (renewals > maximumRenewals) return this.#exclude(accountId);
    this.#renewals.set(accountId, renewals);
    return 'renew-token';
  }

  #exclude(accountId: string): NextStep {
    this.excluded.add(accountId);
    return this.#pinned || this.#inThread ? 'give-up' : 'lease-another';
  }
}
