import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import { accountKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type Account, lane, readAccount } from './account.ts';
import { type AccountSecret, sealSecret } from './account-secret.ts';
import type { AccountState, SchedulerEvent } from './account-states.ts';
import { openCurrentSecret } from './current-secret.ts';
import { mergeRestored } from './merge-restored.ts';
import { replaceSecret } from './replace-secret.ts';
import { secretAttributes } from './secret-attributes.ts';
import { changeState, firstState } from './state-change.ts';
import type { GivenAccount, StoreOutcome } from './store-account.ts';

/** An account out of a backup, or out of another project's files. */
export interface RestoredAccount extends GivenAccount {
  /** In which state it was. A new one gets it; one that is there keeps its own. */
  readonly was: AccountState;
  /** Why it was not `ok`. */
  readonly reason?: string;
}

export interface RestoreOptions {
  readonly table: Table;
  readonly secretBox: SecretBox;
  /** Where the account is said to come from. */
  readonly source: string;
  /** Whether accounts that are there stay as they are, whatever the backup has. */
  readonly onlyNew: boolean;
  /** `false`: says what would become of it, and leaves the table alone. */
  readonly write: boolean;
}

/** Which event leads a new account to the state that it was in. */
const eventTo: Readonly<Record<AccountState, SchedulerEvent | undefined>> = {
  ok: undefined,
  invalid: 'auth',
  challenge: 'challenge',
  disabled: 'disable',
  draining: 'drain',
};

/**
 * Brings an account out of a backup into the table. The same backup again changes nothing. An account that is there keeps
 * the younger of two tokens and whatever else it has, and gets what it lacks.
 *
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function restoreAccount(given: RestoredAccount, options: RestoreOptions): Promise<StoreOutcome> {
  const { table, onlyNew } = options;
  for (;;) {
    const item = await table.get(accountKey(lane, given.id), { consistent: true });
    const account = item === undefined ? undefined : readAccount(item);
    if (account === undefined) {
      if (await addRestored(given, item !== undefined, options)) return 'added';
    } else if (onlyNew) {
      return 'unchanged';
    } else {
      const outcome = await changeRestored(given, { account, storedState: item?.state }, options);
      if (outcome !== undefined) return outcome;
    }
  }
}

async function addRestored(
  { id, label, secret, was, reason }: RestoredAccount,
  isBroken: boolean,
  { table, secretBox, source, write }: RestoreOptions,
): Promise<boolean> {
  if (!write) return true;
  const event = eventTo[was];
  const moved = event === undefined ? undefined : changeState(firstState, event, reason ?? `${was} in the backup`);
  const sealed = await sealSecret(secretBox, id, secret);
  const attributes = { ...secretAttributes(secret), ...firstState, ...moved?.set, label, source, secret: sealed };
  // A row that can't be read as an account is of no use to anybody and is written over.
  return table.put(accountKey(lane, id), attributes, isBroken ? {} : { exists: false });
}

interface Stored {
  readonly account: Account;
  /** As it stands in the row. */
  readonly storedState: Parameters<typeof replaceSecret>[0]['state'];
}

/** @returns `undefined` when somebody else has changed the account meanwhile. */
async function changeRestored(
  { id, secret }: RestoredAccount,
  { account, storedState }: Stored,
  { table, secretBox, write }: RestoreOptions,
): Promise<StoreOutcome | undefined> {
  const stored = await openStored(secretBox, account);
  const merged = mergeRestored(stored, secret, account.state === 'invalid');
  if (merged === undefined) return 'unchanged';
  if (!write) return 'changed';
  const sealed = await sealSecret(secretBox, id, merged);
  const { changes, condition } = replaceSecret({ secret: account.secret, state: storedState }, merged, sealed);
  const isOut = account.state === 'disabled' || account.state === 'draining';
  const kept = isOut ? keepState(changes) : changes;
  return (await table.update(accountKey(lane, id), kept, condition)) ? 'changed' : undefined;
}

/** What the owner has taken out of use is not put back by a backup. */
function keepState(changes: ReturnType<typeof replaceSecret>['changes']): typeof changes {
  const { state: _, ...set } = changes.set ?? {};
  return { ...changes, set, remove: (changes.remove ?? []).filter((name) => name !== 'reason') };
}

// What another key has encrypted is lost; the backup's replaces it.
async function openStored(secretBox: SecretBox, account: Account): Promise<AccountSecret> {
  try {
    return await openCurrentSecret(secretBox, account);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return {};
    throw error;
  }
}
