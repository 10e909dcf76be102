import type { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Account, WaitCause } from './account.ts';
import { type AccountChange, block, bothChanges, dropToken, recover, rest } from './account-change.ts';
import type { AccountRows } from './account-rows.ts';
import { nextState, type SchedulerEvent } from './account-states.ts';
import { availabilityOf, canRenew, schedulerStateOf } from './availability.ts';
import { isYoung } from './renewal-way.ts';
import { lastAccountLength, waitLength } from './wait-length.ts';

/** Turns what an upstream's error says about an account into the account's state, by the published state machine. */
export class FaultEffects {
  readonly #rows: AccountRows;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(rows: AccountRows, now: () => number) {
    this.#rows = rows;
    this.#now = now;
  }

  /**
   * @param account as it was when the request began.
   * @param end what ends the request's lease, done in the same write. A write of a late owner changes nothing.
   * @throws StoreUnavailableError; this instance then knows the new state all the same.
   */
  async apply(account: Account, kind: WorkKind, error: UpstreamError, end?: AccountChange): Promise<void> {
    const event = this.#eventOf(account, error);
    const from = schedulerStateOf(account, kind, this.#now());
    switch (nextState(from, event)) {
      case 'wait':
        return this.#rest(account, kind, event === 'quota' ? 'quota' : 'limit', error.retryAfterSeconds, end);
      case 'ok':
        return this.#recover(account, kind, end);
      case 'invalid':
        return this.#write(account, block(account, event, this.#whyInvalid(account, error)), end);
      case 'challenge':
        return this.#write(account, block(account, event, reason('the site asks for a verification', error)), end);
      case 'disabled':
        return this.#write(account, block(account, event, reason('the site does not let this account in', error)), end);
      default:
        return this.#write(account, event === 'token-refused' ? dropToken(account) : undefined, end);
    }
  }

  /** An answer came to its end. */
  async applySuccess(account: Account, kind: WorkKind, end?: AccountChange): Promise<void> {
    if (nextState(schedulerStateOf(account, kind, this.#now()), 'success') === 'ok') {
      return this.#recover(account, kind, end);
    }
    if (end !== undefined) await this.#rows.write(account.id, end);
  }

  /** A refused token is set aside: for a new one where there is a way to it, else together with the account. */
  async refuseToken(account: Account, error: UpstreamError | undefined): Promise<void> {
    if (canRenew(account) && !isYoung(account, this.#now())) return this.#write(account, dropToken(account));
    return this.#write(account, block(account, 'auth', this.#whyInvalid(account, error)));
  }

  /** A sign-in that failed; what says nothing about the account changes nothing. */
  async refuseSignIn(account: Account, kind: WorkKind, error: UpstreamError): Promise<void> {
    if (error.fault !== 'auth' && error.fault !== 'account') return this.apply(account, kind, error);
    const words = 'signing in failed; check e-mail address and password, or import a token';
    return this.#write(account, block(account, 'auth', reason(words, error)));
  }

  #eventOf(account: Account, error: UpstreamError): SchedulerEvent {
    if (error.fault !== 'auth') return error.fault;
    return canRenew(account) && !isYoung(account, this.#now()) ? 'token-refused' : 'auth';
  }

  #whyInvalid(account: Account, error: UpstreamError | undefined): string {
    const young = canRenew(account) && isYoung(account, this.#now());
    const words = young
      ? 'the token is not accepted although the gateway has just got it'
      : 'the token is not accepted';
    return reason(words, error);
  }

  // For a transient the short wait is written first and made longer once another account is seen that could serve. In
  // whatever order several instances do this, the one that takes away the last such account sees that it does.
  async #rest(
    account: Account,
    kind: WorkKind,
    cause: WaitCause,
    toldSeconds: number | undefined,
    end: AccountChange | undefined,
  ): Promise<void> {
    const now = this.#now();
    const length = waitLength(cause, toldSeconds, account.waits[kind]);
    const waitOf = (milliseconds: number) =>
      rest(kind, { until: now + milliseconds, cause, length: milliseconds, probeUntil: 0 });
    if (cause === 'quota' || length <= lastAccountLength) return this.#write(account, waitOf(length), end);
    if (await this.#isLate(account, waitOf(lastAccountLength), end)) return;
    const others = (await this.#rows.list()).filter((other) => other.id !== account.id);
    if (!others.some((other) => couldServe(other, kind, now))) return;
    await this.#rows.write(account.id, waitOf(length));
  }

  async #recover(account: Account, kind: WorkKind, end: AccountChange | undefined): Promise<void> {
    const wait = account.waits[kind];
    return this.#write(account, wait && recover(kind, wait), end);
  }

  async #write(account: Account, change: AccountChange | undefined, end?: AccountChange): Promise<void> {
    if (change !== undefined) await this.#isLate(account, change, end);
    else if (end !== undefined) await this.#rows.write(account.id, end);
  }

  // When the account has changed so that the fault says nothing any more, the lease ends all the same.
  async #isLate(account: Account, change: AccountChange, end: AccountChange | undefined): Promise<boolean> {
    if (await this.#rows.write(account.id, end === undefined ? change : bothChanges(change, end))) return false;
    return end !== undefined && !(await this.#rows.write(account.id, end));
  }
}

function couldServe(account: Account, kind: WorkKind, now: number): boolean {
  const { type } = availabilityOf(account, kind, now);
  return type === 'ready' || type === 'busy';
}

// The upstream's own words stay out, as they could repeat what was sent; its code is kept when it looks like one.
function reason(words: string, error: UpstreamError | undefined): string {
  const code = error?.upstreamCode;
  return code !== undefined && /^[\w-]{1,40}$/.test(code) ? `${words} (${code})` : words;
}
