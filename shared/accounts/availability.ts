import type { WorkKind } from '../chat/upstream.ts';
import type { Account, AccountState, Wait } from './account.ts';

/** Whether an account can serve a kind of work now, and if not, why. */
export type Availability =
  | { readonly type: 'ready' }
  | { readonly type: 'waiting'; readonly wait: Wait }
  | { readonly type: 'blocked'; readonly state: Exclude<AccountState, 'ok'> };

const ready: Availability = { type: 'ready' };

// A token that ends while the request is on its way is no use; one that can be renewed is renewed a little early.
const renewAheadMilliseconds = 60_000;

/** @param now epoch milliseconds. */
export function availabilityOf(account: Account, kind: WorkKind, now: number): Availability {
  const state = stateOf(account, now);
  if (state !== 'ok') return { type: 'blocked', state };
  const wait = account.waits[kind];
  return wait !== undefined && wait.until > now ? { type: 'waiting', wait } : ready;
}

/** The account's state, in which a token that has ended and can't be renewed is as bad as one that was refused. */
export function stateOf(account: Account, now: number): AccountState {
  if (account.state !== 'ok' || account.canSignIn) return account.state;
  return tokenUsable(account, now) ? 'ok' : 'invalid';
}

/** Why the state is not `ok`, in words for the owner. */
export function reasonOf(account: Account, now: number): string | undefined {
  if (account.state !== 'ok') return account.reason;
  if (stateOf(account, now) === 'ok') return undefined;
  const { hasToken, tokenExpiresAt } = account;
  if (!hasToken || tokenExpiresAt === undefined) return 'there is no token that can be used';
  return `token expired on ${new Date(tokenExpiresAt).toISOString().slice(0, 10)}`;
}

/** Whether the account has a token that has not ended. */
export function tokenUsable(account: Account, now: number): boolean {
  const margin = account.canSignIn ? renewAheadMilliseconds : 0;
  return account.hasToken && (account.tokenExpiresAt === undefined || account.tokenExpiresAt - margin > now);
}
