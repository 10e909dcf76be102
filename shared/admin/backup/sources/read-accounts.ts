import { type AccountInput, readAccountInput } from '../../../accounts/add-account.ts';
import { InvalidRequestError } from '../../../chat/errors/request-errors.ts';
import { type ImportItem, skipped } from '../import-item.ts';
import type { IncomingAccount } from '../incoming.ts';

/** One entry of somebody's list of accounts: how lists name it, and what it holds. */
export interface AccountEntry {
  readonly name: string;
  readonly read: () => AccountInput;
}

export interface ReadAccounts {
  readonly accounts: readonly IncomingAccount[];
  readonly refused: readonly ImportItem[];
}

/** Reads entries of accounts. Of two for one account the later counts. Reasons repeat nothing of an entry. */
export function readAccounts(entries: readonly AccountEntry[]): ReadAccounts {
  const accounts = new Map<string, IncomingAccount>();
  const refused: ImportItem[] = [];
  for (const { name, read } of entries) {
    try {
      const given = readAccountInput(read());
      accounts.set(given.id, { ...given, was: 'ok', hasSecret: true });
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      refused.push(skipped('account', name, error.message));
    }
  }
  return { accounts: [...accounts.values()], refused };
}
