import type { Attributes } from '../store/attributes.ts';
import { type AccountState, isStored, nextState, type SchedulerEvent } from './account-states.ts';

/** What an event does to the state in an account's row. */
export interface StateChange {
  readonly state: AccountState;
  /** Attributes to set and to remove. */
  readonly set: Attributes;
  readonly remove: readonly string[];
  /** What the row must still hold: a state that somebody else has changed meanwhile may not be written over. */
  readonly equals: Attributes;
}

/** The state of an account that is new. */
export const firstState = { state: 'ok' } as const satisfies { readonly state: AccountState };

/**
 * Asks the published state machine what an event makes of an account. No other file writes states.
 *
 * @param before the account, or its row as it is stored: the state of a later version counts as `disabled`.
 * @param reason why, for the owner; without one the former reason goes.
 * @returns `undefined` when the event changes nothing that rows hold.
 */
export function changeState(
  before: { readonly state?: unknown },
  event: SchedulerEvent,
  reason?: string,
): StateChange | undefined {
  const state = nextState(isStored(before.state) ? before.state : 'disabled', event);
  if (!isStored(state)) return undefined;
  const equals = typeof before.state === 'string' ? { state: before.state } : {};
  return reason === undefined
    ? { state, set: { state }, remove: ['reason'], equals }
    : { state, set: { state, reason }, remove: [], equals };
}
