import type { SecretBox } from '../secrets/secret-box.ts';
import type { ImportReport } from '../store/import-report.ts';
import type { Table } from '../store/table.ts';
import { readAccountSettings } from './account-settings.ts';
import { type StoreOutcome, storeAccount } from './store-account.ts';

/** Who an import says the accounts are from. */
export interface ImportAccountsOptions {
  /** `environment` when not given. */
  readonly source?: string;
}

/**
 * Brings the accounts of QWEN_TOKEN, QWEN_TOKENS and ACCOUNTS into the table. Importing the same settings again changes
 * nothing, whatever became of the accounts since; an entry that the owner has changed, as by a fresh token, puts its
 * account back in use. Accounts that are gone from the settings stay.
 *
 * @throws StoreUnavailableError, SecretKeyUnavailableError
 */
export async function importAccounts(
  env: Readonly<Record<string, string | undefined>>,
  table: Table,
  secretBox: SecretBox,
  options: ImportAccountsOptions = {},
): Promise<ImportReport> {
  const { accounts, warnings } = readAccountSettings(env);
  const counts: Record<StoreOutcome, number> = { added: 0, changed: 0, unchanged: 0 };
  for (const account of accounts) {
    const outcome = await storeAccount(account, table, secretBox, options.source ?? 'environment');
    counts[outcome] += 1;
  }
  return { ...counts, removed: 0, warnings };
}
