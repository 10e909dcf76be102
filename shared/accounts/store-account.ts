import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import { accountKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { lane, readAccount } from './account.ts';
import type { AccountIdentity } from './account-identity.ts';
import { type AccountSecret, openSecret, sealSecret } from './account-secret.ts';
import { replaceSecret } from './replace-secret.ts';
import { secretAttributes } from './secret-attributes.ts';
import { firstState } from './state-change.ts';

/** An account that its owner gives. */
export interface GivenAccount extends AccountIdentity {
  /** With `imported`, by which the same account given again is known. */
  readonly secret: AccountSecret;
}

export type StoreOutcome = 'added' | 'changed' | 'unchanged';

/**
 * Brings an account into the table. Given again as it was the last time, it changes nothing, whatever became of it since;
 * anything new in it puts it back in use.
 *
 * @param source who gives it, as `environment`; kept from the first time.
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function storeAccount(
  { id, label, secret }: GivenAccount,
  table: Table,
  secretBox: SecretBox,
  source: string,
): Promise<StoreOutcome> {
  const key = accountKey(lane, id);
  for (;;) {
    const item = await table.get(key, { consistent: true });
    const row = item === undefined ? undefined : readAccount(item);
    if (row === undefined) {
      const sealed = await sealSecret(secretBox, id, secret);
      const attributes = { ...secretAttributes(secret), ...firstState, label, source, secret: sealed };
      // A row that can't be read as an account is of no use to anybody and is written over.
      if (await table.put(key, attributes, item === undefined ? { exists: false } : {})) return 'added';
      continue;
    }
    const stored = await openStored(secretBox, id, row.secret);
    if (stored.imported === secret.imported) return 'unchanged';
    const merged = merge(stored, secret);
    const sealed = await sealSecret(secretBox, id, merged);
    const { changes, condition } = replaceSecret({ secret: row.secret, state: item?.state }, merged, sealed);
    const labelled = { ...changes, set: { ...changes.set, label } };
    if (await table.update(key, labelled, condition)) return 'changed';
  }
}

/** A pasted cookie header and a proxy outlive a new token; a changed password ends the tokens that it once gave. */
function merge({ cookie, proxyUrl }: AccountSecret, given: AccountSecret): AccountSecret {
  return { ...(cookie !== undefined && { cookie }), ...(proxyUrl !== undefined && { proxyUrl }), ...given };
}

// What another key has encrypted is lost; what is given replaces it.
async function openStored(secretBox: SecretBox, id: string, sealed: string): Promise<AccountSecret> {
  try {
    return await openSecret(secretBox, id, sealed);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return {};
    throw error;
  }
}
