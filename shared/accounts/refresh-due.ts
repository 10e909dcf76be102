import { GatewayError } from '../chat/errors/gateway-error.ts';
import type { Account } from './account.ts';
import { canRenew } from './availability.ts';
import { renewalWay } from './renewal-way.ts';
import type { Renewals } from './renewals.ts';

export interface RefreshDueOptions {
  readonly accounts: readonly Account[];
  readonly renewals: Pick<Renewals, 'renew'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** No renewal begins after this time, in epoch milliseconds. */
  readonly until: number;
  /** Waits a moment of its own before each renewal, so that they don't come in step. */
  readonly pause: () => Promise<unknown>;
}

/** What one round of refreshes did. Holds no secret. */
export interface RefreshReport {
  readonly accounts: number;
  readonly due: number;
  readonly renewed: number;
  /** Those that failed, with the error's code. */
  readonly failed: readonly { readonly id: string; readonly code: string }[];
  /** Due, and left to the next round for want of time. */
  readonly left: number;
}

const minute = 60_000;
const hour = 60 * minute;
/** How long before its end a token is renewed. Rounds come every five minutes, and an access token lives for 15. */
const margins = { access: 3 * minute + 5 * minute, session: 24 * hour } as const;
/** A sign-in that failed is not repeated ahead of time for so long: many of them bring verifications about. */
const signInPause = 6 * hour;
/** Renewals at the same time. */
const concurrency = 2;

/**
 * Renews the tokens that end soon, ahead of the requests that would need them. One account's failure changes neither its
 * state, as its token is still good, nor the others' turn.
 */
export async function refreshDue({ accounts, renewals, now, until, pause }: RefreshDueOptions): Promise<RefreshReport> {
  const due = accounts.filter((account) => isDue(account, now()));
  const queue = due.values();
  const report = { accounts: accounts.length, due: due.length, renewed: 0, left: due.length };
  const failed: { readonly id: string; readonly code: string }[] = [];
  const worker = async () => {
    for (;;) {
      await pause();
      const { value: account } = now() < until ? queue.next() : {};
      if (account === undefined) return;
      report.left -= 1;
      try {
        await renewals.renew(account, 'chat', 'ahead');
        report.renewed += 1;
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        failed.push({ id: account.id, code: error.code });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, due.length) }, worker));
  return { ...report, failed };
}

/**
 * Whether a token is to be renewed now. One that was never there, or has ended, waits for a request: nobody may come.
 *
 * @param now epoch milliseconds.
 */
export function isDue(account: Account, now: number): boolean {
  const { state, hasToken, tokenExpiresAt, renewal } = account;
  const inUse = state !== 'invalid' && state !== 'challenge' && state !== 'disabled';
  if (!inUse || !hasToken || tokenExpiresAt === undefined || !canRenew(account)) return false;
  if (renewal.until > now || tokenExpiresAt - now > margins[renewal.tokenKind]) return false;
  const way = renewalWay(account, now);
  // Signing in every few minutes for access tokens that perhaps nobody uses would bring verifications about.
  if (way === 'sign-in') {
    return renewal.tokenKind === 'session' && now - (renewal.failedAt ?? Number.NEGATIVE_INFINITY) >= signInPause;
  }
  return way === 'refresh';
}
