import type { WorkKind } from '../chat/upstream.ts';
import type { Account, Wait } from './account.ts';
import { type AccountState, nextState, type SchedulerState } from './account-states.ts';
import { firstEnd, freeSlot } from './lease-slots.ts';

/** Whether an account can serve a kind of work now, and if not, why. */
export type Availability =
  | { readonly type: 'ready' }
  /** Others use it, or it was used a moment ago; `until` is the latest time at which that ends. */
  | { readonly type: 'busy'; readonly until: number }
  | { readonly type: 'waiting'; readonly wait: Wait }
  | { readonly type: 'blocked'; readonly state: Exclude<AccountState, 'ok'> };

const ready: Availability = { type: 'ready' };

// A token that ends while the request is on its way is no use; one that can be renewed is renewed a little early.
const renewAheadMilliseconds = 60_000;

/**
 * Whether the account may serve, whoever uses it now.
 *
 * @param now epoch milliseconds.
 * @param owned whether the work goes on with a chat of this account, which a draining one still serves.
 */
export function availabilityOf(account: Account, kind: WorkKind, now: number, owned = false): Availability {
  const state = stateOf(account, now);
  if (state !== 'ok' && !(owned && state === 'draining')) return { type: 'blocked', state };
  const wait = account.waits[kind];
  if (wait === undefined) return ready;
  if (wait.until > now) return { type: 'waiting', wait };
  return wait.probeUntil > now ? { type: 'busy', until: wait.probeUntil } : ready;
}

/** Whether the account has a place for one more request now. @param urgent whether spacing does not matter. */
export function roomOf(account: Account, maxInFlight: number, now: number, urgent = false): Availability {
  if (freeSlot(account.slots, maxInFlight, now) === undefined) {
    return { type: 'busy', until: Math.max(firstEnd(account.slots, maxInFlight), account.spacedUntil) };
  }
  return !urgent && account.spacedUntil > now ? { type: 'busy', until: account.spacedUntil } : ready;
}

/** The account's place in the state machine, as seen by one kind of work. */
export function schedulerStateOf(account: Account, kind: WorkKind, now: number): SchedulerState {
  const state = stateOf(account, now);
  const wait = account.waits[kind];
  if (state !== 'ok' || wait === undefined) return state;
  return wait.until > now ? 'wait' : (nextState('wait', 'wait-over') ?? 'wait');
}

/** The account's state, in which a token that has ended and can't be renewed is as bad as one that was refused. */
export function stateOf(account: Account, now: number): AccountState {
  if (tokenUsable(account, now) || canRenew(account)) return account.state;
  return nextState(account.state, 'token-ended') === undefined ? account.state : 'invalid';
}

/** Why the state is not `ok`, in words for the owner. */
export function reasonOf(account: Account, now: number): string | undefined {
  const state = stateOf(account, now);
  if (state === account.state) return state === 'ok' ? undefined : account.reason;
  const { hasToken, tokenExpiresAt } = account;
  if (!hasToken || tokenExpiresAt === undefined) return 'there is no token that can be used';
  return `token expired on ${new Date(tokenExpiresAt).toISOString().slice(0, 10)}`;
}

/** Whether the account has a token that has not ended. */
export function tokenUsable(account: Account, now: number): boolean {
  const margin = canRenew(account) ? renewAheadMilliseconds : 0;
  return account.hasToken && (account.tokenExpiresAt === undefined || account.tokenExpiresAt - margin > now);
}

/** Whether there is a way to another token. */
export function canRenew(account: Account): boolean {
  return account.canSignIn || account.canRefresh;
}
