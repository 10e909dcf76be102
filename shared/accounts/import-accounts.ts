import { readTokenClaims } from '../chat/token-claims.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { SecretUnreadableError } from '../secrets/secret-errors.ts';
import type { ImportReport } from '../store/import-report.ts';
import { accountKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { lane, readAccount } from './account.ts';
import { type AccountSecret, openSecret, sealSecret } from './account-secret.ts';
import { type ImportedAccount, readAccountSettings } from './account-settings.ts';

/** Who an import says the accounts are from. */
export interface ImportAccountsOptions {
  /** `environment` when not given. */
  readonly source?: string;
}

type Outcome = 'added' | 'changed' | 'unchanged';

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
  const counts: Record<Outcome, number> = { added: 0, changed: 0, unchanged: 0 };
  for (const account of accounts) {
    const outcome = await importAccount(account, table, secretBox, options.source ?? 'environment');
    counts[outcome] += 1;
  }
  return { ...counts, removed: 0, warnings };
}

async function importAccount(
  account: ImportedAccount,
  table: Table,
  secretBox: SecretBox,
  source: string,
): Promise<Outcome> {
  const { id, label, secret } = account;
  const key = accountKey(lane, id);
  for (;;) {
    const item = await table.get(key, { consistent: true });
    const row = item === undefined ? undefined : readAccount(item);
    if (row === undefined) {
      const attributes = { ...tokenAttributes(secret), label, source, secret: await sealSecret(secretBox, id, secret) };
      // A row that can't be read as an account is of no use to anybody and is written over.
      if (await table.put(key, attributes, item === undefined ? { exists: false } : {})) return 'added';
      continue;
    }
    const stored = await openStored(secretBox, id, row.secret);
    if (stored.imported === secret.imported) return 'unchanged';
    const merged = merge(stored, secret);
    const set = { ...tokenAttributes(merged), label, secret: await sealSecret(secretBox, id, merged) };
    const remove = ['reason', 'signedInAt', ...(set.tokenExpiresAt === undefined ? ['tokenExpiresAt'] : [])];
    if (await table.update(key, { set, remove }, { equals: { secret: row.secret } })) return 'changed';
  }
}

/** A pasted cookie header outlives a new token; a changed password ends the tokens that it once gave. */
function merge(stored: AccountSecret, imported: AccountSecret): AccountSecret {
  return { ...(stored.cookie !== undefined && { cookie: stored.cookie }), ...imported };
}

function tokenAttributes(secret: AccountSecret) {
  return {
    state: 'ok',
    hasToken: secret.token !== undefined,
    tokenExpiresAt: secret.token === undefined ? undefined : readTokenClaims(secret.token).expiresAt,
    canSignIn: secret.email !== undefined && secret.password !== undefined,
  };
}

// What another key has encrypted is lost; the import replaces it.
async function openStored(secretBox: SecretBox, id: string, sealed: string): Promise<AccountSecret> {
  try {
    return await openSecret(secretBox, id, sealed);
  } catch (error) {
    if (error instanceof SecretUnreadableError) return {};
    throw error;
  }
}
