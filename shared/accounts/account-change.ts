import type { WorkKind } from '../chat/upstream.ts';
import type { Changes, Condition } from '../store/expressions.ts';
import { type Account, type Wait, type Waits, waitAttributes } from './account.ts';
import type { SchedulerEvent } from './account-states.ts';
import { changeState } from './state-change.ts';

/** A conditional write to one account's row, and what it does to the row as this instance knows it. */
export interface AccountChange {
  readonly changes: Changes;
  readonly condition: Condition;
  /** Done before the write, so that this instance heeds it at once. */
  readonly edit: (account: Account) => Account;
  /** Done after the write: what nobody may build on before it is stored. */
  readonly editAfter?: (account: Account) => Account;
}

/** Both in one write, which happens when the conditions of both hold. They touch different attributes. */
export function bothChanges(first: AccountChange, second: AccountChange): AccountChange {
  return {
    changes: {
      set: { ...first.changes.set, ...second.changes.set },
      add: { ...first.changes.add, ...second.changes.add },
      remove: [...new Set([...(first.changes.remove ?? []), ...(second.changes.remove ?? [])])],
    },
    condition: {
      exists: true,
      equals: { ...first.condition.equals, ...second.condition.equals },
      atMost: { ...first.condition.atMost, ...second.condition.atMost },
    },
    edit: (account) => second.edit(first.edit(account)),
    editAfter: (account) => editAfter(second, editAfter(first, account)),
  };
}

function editAfter(change: AccountChange, account: Account): Account {
  return change.editAfter === undefined ? account : change.editAfter(account);
}

/** Lets the account rest. A longer wait that another instance has written stays. */
export function rest(kind: WorkKind, wait: Wait): AccountChange {
  const { until, cause, length, probeUntil } = waitAttributes(kind);
  return {
    changes: { set: { [until]: wait.until, [cause]: wait.cause, [length]: wait.length }, remove: [probeUntil] },
    condition: { exists: true, atMost: { [until]: wait.until } },
    edit: (account) => ({ ...account, waits: { ...account.waits, [kind]: longer(account.waits[kind], wait) } }),
  };
}

/** Forgets a wait that is over, unless there is another one by now. */
export function recover(kind: WorkKind, wait: Wait): AccountChange {
  const names = waitAttributes(kind);
  return {
    changes: { remove: Object.values(names) },
    condition: { exists: true, equals: { [names.until]: wait.until } },
    edit: (account) => {
      if (account.waits[kind]?.until !== wait.until) return account;
      const { [kind]: _, ...waits }: Waits = account.waits;
      return { ...account, waits };
    },
  };
}

/** Has the next request probe the account again, after a probe that has told nothing. */
export function endProbe(kind: WorkKind): AccountChange {
  return {
    changes: { remove: [waitAttributes(kind).probeUntil] },
    condition: { exists: true },
    edit: (account) => {
      const wait = account.waits[kind];
      return wait === undefined
        ? account
        : { ...account, waits: { ...account.waits, [kind]: { ...wait, probeUntil: 0 } } };
    },
  };
}

/**
 * Takes the account out of use, unless it got a new secret or another state since.
 *
 * @returns `undefined` when the event changes nothing.
 */
export function block(before: Account, event: SchedulerEvent, reason: string): AccountChange | undefined {
  const change = changeState(before, event, reason);
  if (change === undefined) return undefined;
  const { state, set, equals } = change;
  return {
    changes: { set },
    condition: { equals: { secret: before.secret, ...equals } },
    edit: (account) =>
      account.secret === before.secret && account.state === before.state ? { ...account, state, reason } : account,
  };
}

/** Has the account get a new token before its next use, unless it got a new secret since. */
export function dropToken(before: Account): AccountChange {
  return {
    changes: { set: { hasToken: false } },
    condition: { equals: { secret: before.secret } },
    edit: (account) => (account.secret === before.secret ? { ...account, hasToken: false } : account),
  };
}

function longer(before: Wait | undefined, wait: Wait): Wait {
  return before !== undefined && before.until > wait.until ? before : wait;
}
