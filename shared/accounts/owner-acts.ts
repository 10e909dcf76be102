import { accountKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { lane, readAccount } from './account.ts';
import type { AccountState, SchedulerEvent } from './account-states.ts';
import { changeState } from './state-change.ts';

/** What an owner can do to an account's state. */
export type OwnerAct = Extract<SchedulerEvent, 'enable' | 'disable' | 'drain'>;

/** What became of an act. `state` is the account's afterwards. */
export interface OwnerActResult {
  readonly changed: boolean;
  readonly state: AccountState;
}

const reasons: Readonly<Record<OwnerAct, string | undefined>> = {
  enable: undefined,
  disable: 'disabled by the owner',
  drain: 'draining: no new chats, as the owner wished',
};

/**
 * Changes an account's state as the owner wishes, by the published state machine. Requests that are under way go on.
 *
 * @returns `undefined` when there is no such account. An act that the state does not allow changes nothing, as enabling
 *   an account without a token that is accepted.
 * @throws StoreUnavailableError
 */
export async function setOwnerState(
  table: Table,
  accountId: string,
  act: OwnerAct,
): Promise<OwnerActResult | undefined> {
  const key = accountKey(lane, accountId);
  for (;;) {
    const item = await table.get(key, { consistent: true });
    const account = item === undefined ? undefined : readAccount(item);
    if (account === undefined) return undefined;
    // The state as stored, which may be one of a later version that this one reads as disabled.
    const change = changeState({ state: item?.state }, act, reasons[act]);
    if (change === undefined) return { changed: false, state: account.state };
    const { state, equals, ...changes } = change;
    if (await table.update(key, changes, { exists: true, equals })) return { changed: true, state };
  }
}
