import type { Account } from './account.ts';
import { isYoung } from './fault-effects.ts';
import type { RenewalWay } from './renewal-leases.ts';

/** A token this young that is of no use shows that another refresh does not help. */
const youngRefreshMilliseconds = 60_000;

/**
 * The way to another token: a refresh, which is cheap and meets no verification, before a sign-in.
 *
 * @param now epoch milliseconds.
 * @returns `undefined` when there is none.
 */
export function renewalWay(account: Account, now: number): RenewalWay | undefined {
  const { canRefresh, renewal } = account;
  const refreshedAt = renewal.refreshedAt ?? Number.NEGATIVE_INFINITY;
  if (canRefresh && !renewal.refreshSent && now - refreshedAt >= youngRefreshMilliseconds) return 'refresh';
  return maySignIn(account, now) ? 'sign-in' : undefined;
}

/** Whether a sign-in is possible, and was not just done. @param now epoch milliseconds. */
export function maySignIn(account: Account, now: number): boolean {
  return account.canSignIn && !isYoung(account, now);
}
