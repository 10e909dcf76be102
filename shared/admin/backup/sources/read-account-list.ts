import { InvalidRequestError } from '../../../chat/errors/request-errors.ts';
import { pickAccountInput } from '../../imports/import-entry.ts';
import { type Incoming, nothing } from '../incoming.ts';
import { accountOfText } from './account-text.ts';
import { type AccountEntry, readAccounts } from './read-accounts.ts';

/** A list of accounts, as texts or objects; `session/tokens.json` is one, whose entries have made-up ids. */
export function readAccountList(list: readonly unknown[]): Incoming {
  const isRegistry = list.some((entry) => typeof entry === 'object' && entry !== null && 'resetAt' in entry);
  return { ...nothing, format: isRegistry ? 'tokens-registry' : 'account-list', ...readAccounts(accountEntries(list)) };
}

/** The entries of a list of accounts. What another project calls `proxy` is the account's own outbound proxy. */
export function accountEntries(list: readonly unknown[]): readonly AccountEntry[] {
  return list.map((entry, index) => ({
    name: `entry ${index + 1}`,
    read: () => {
      if (typeof entry === 'string') return accountOfText(entry);
      if (typeof entry !== 'object' || entry === null) throw new InvalidRequestError('It must be a text or an object.');
      const fields = 'proxy' in entry ? { proxyUrl: entry.proxy, ...entry } : entry;
      return pickAccountInput(fields);
    },
  }));
}
