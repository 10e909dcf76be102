import type { Account } from './account.ts';
import type { RenewalWay } from './renewal-leases.ts';

/** A token this young that is of no use shows that getting another one in the same way does not help. */
const youngMilliseconds = 60_000;

/**
 * The way to another token: a refresh, which is cheap and meets no verification, before a sign-in.
 *
 * @param now epoch milliseconds.
 * @returns `undefined` when there is none.
 */
export function renewalWay(account: Account, now: number): RenewalWay | undefined {
  const { canRefresh, renewal } = account;
  if (canRefresh && !renewal.refreshSent && !isRecent(renewal.refreshedAt, now)) return 'refresh';
  return maySignIn(account, now) ? 'sign-in' : undefined;
}

/** Whether a sign-in is possible, and was not just done. @param now epoch milliseconds. */
export function maySignIn({ canSignIn, signedInAt }: Account, now: number): boolean {
  return canSignIn && !isRecent(signedInAt, now);
}

/** Whether the account got its token so recently that getting another one can't help. @param now epoch milliseconds. */
export function isYoung({ canSignIn, signedInAt, renewal }: Account, now: number): boolean {
  return isRecent(signedInAt, now) || (!canSignIn && isRecent(renewal.refreshedAt, now));
}

function isRecent(time: number | undefined, now: number): boolean {
  return time !== undefined && now - time < youngMilliseconds;
}
