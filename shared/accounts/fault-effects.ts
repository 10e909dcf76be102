import type { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Account } from './account.ts';
import type { AccountRows } from './account-rows.ts';
import { availabilityOf } from './availability.ts';

const second = 1000;
const defaultLimitSeconds = 60;
const longestLimitSeconds = 900;
const lastAccountSeconds = 10;
const defaultQuotaSeconds = 3600;
const longestQuotaSeconds = 24 * 3600;
/** A token this young that is refused shows that signing in again does not help. */
const youngTokenSeconds = 60;

/** Turns what an upstream's error says about an account into the account's state. */
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
   * @throws StoreUnavailableError; this instance then knows the new state all the same.
   */
  async apply(account: Account, kind: WorkKind, error: UpstreamError): Promise<void> {
    switch (error.fault) {
      case 'limit':
        return this.#limit(account, kind, seconds(error, defaultLimitSeconds, longestLimitSeconds));
      case 'quota': {
        const wait = seconds(error, defaultQuotaSeconds, longestQuotaSeconds);
        return this.#rows.rest(account, kind, { until: this.#now() + wait * second, cause: 'quota' });
      }
      case 'auth':
        return this.refuseToken(account, error);
      case 'challenge':
        return this.#rows.block(account, 'challenge', reason('the site asks for a verification', error));
      case 'account':
        return this.#rows.block(account, 'disabled', reason('the site does not let this account in', error));
      case 'protocol':
      case 'transport':
      case 'content':
        return;
    }
  }

  /** A refused token is set aside: for a new sign-in where that can help, else together with the account. */
  async refuseToken(account: Account, error: UpstreamError | undefined): Promise<void> {
    if (!account.canSignIn) return this.#rows.block(account, 'invalid', reason('the token is not accepted', error));
    if (isYoung(account, this.#now())) {
      const words = 'the token is not accepted although the gateway has just signed in';
      return this.#rows.block(account, 'invalid', reason(words, error));
    }
    return this.#rows.dropToken(account);
  }

  /** A sign-in that failed; what says nothing about the account changes nothing. */
  async refuseSignIn(account: Account, kind: WorkKind, error: UpstreamError): Promise<void> {
    if (error.fault === 'auth' || error.fault === 'account') {
      const words = 'signing in failed; check e-mail address and password, or import a token';
      return this.#rows.block(account, 'invalid', reason(words, error));
    }
    return this.apply(account, kind, error);
  }

  // The short wait is written first and made longer once another account is seen to be ready. In whatever order several
  // instances do this, the one that takes away the last ready account sees that it does.
  async #limit(account: Account, kind: WorkKind, waitSeconds: number): Promise<void> {
    const now = this.#now();
    const shortest = Math.min(waitSeconds, lastAccountSeconds);
    await this.#rows.rest(account, kind, { until: now + shortest * second, cause: 'limit' });
    if (waitSeconds === shortest) return;
    const others = (await this.#rows.list()).filter((other) => other.id !== account.id);
    if (!others.some((other) => availabilityOf(other, kind, now).type === 'ready')) return;
    await this.#rows.rest(account, kind, { until: now + waitSeconds * second, cause: 'limit' });
  }
}

/** Whether the account signed in so recently that doing it again can't help. */
export function isYoung(account: Account, now: number): boolean {
  return account.signedInAt !== undefined && now - account.signedInAt < youngTokenSeconds * second;
}

function seconds(error: UpstreamError, whenUnknown: number, longest: number): number {
  const told = error.retryAfterSeconds;
  return told !== undefined && told > 0 ? Math.min(told, longest) : whenUnknown;
}

// The upstream's own words stay out, as they could repeat what was sent; its code is kept when it looks like one.
function reason(words: string, error: UpstreamError | undefined): string {
  const code = error?.upstreamCode;
  return code !== undefined && /^[\w-]{1,40}$/.test(code) ? `${words} (${code})` : words;
}
