import { lane } from '../../shared/accounts/account.ts';
import { importAccounts } from '../../shared/accounts/import-accounts.ts';
import { removeAccounts } from '../../shared/accounts/remove-accounts.ts';
import { ensureAdminKey } from '../../shared/keys/ensure-admin-key.ts';
import { importKeys } from '../../shared/keys/import-keys.ts';
import type { Environment } from '../../shared/read-settings.ts';
import { openSecretBox } from '../../shared/secrets/secret-box.ts';
import { ensureSecretKey } from '../../shared/secrets/secret-key.ts';
import { accountsPartition } from '../../shared/store/keys.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { importWebhookSecret } from '../../shared/webhooks/webhook-secret.ts';
import type { SeedReport } from './seed-report.ts';

/** Marks the account that a runtime lends itself; it never outlives the next start. */
const simulatorSource = 'simulator';

/**
 * Brings the owner's accounts, keys and webhook secret into the table and makes what is missing: the key that encrypts the accounts, and
 * an admin key. Doing it again changes nothing.
 *
 * @param where tells the table and the parameter, as a function's environment does.
 * @param secrets the settings QWEN_TOKEN, ACCOUNTS, API_KEY, WEBHOOK_SECRET and the like.
 * @throws StoreUnavailableError, SecretKeyUnavailableError, ConfigurationError
 */
export async function seed(where: Environment, secrets: Environment): Promise<SeedReport> {
  return withTable(where, async (table) => {
    await Promise.all([ensureSecretKey(where), removeAccounts(table, simulatorSource)]);
    const [accounts, keys] = await Promise.all([
      importAccounts(secrets, table, openSecretBox(where)),
      importKeys(secrets, table),
      importWebhookSecret(secrets, table, openSecretBox(where)),
    ]);
    const [stored, adminKey] = await Promise.all([
      table.query(accountsPartition(lane), { consistent: true }),
      ensureAdminKey(table),
    ]);
    return { accounts, keys, accountCount: stored.length, ...(adminKey === undefined ? {} : { adminKey }) };
  });
}

/** @param accounts in the form of the setting ACCOUNTS. */
export async function addSimulatorAccount(where: Environment, accounts: string): Promise<void> {
  await withTable(where, (table) =>
    importAccounts({ ACCOUNTS: accounts }, table, openSecretBox(where), { source: simulatorSource }),
  );
}

/** How many accounts there are, whatever their state. @throws StoreUnavailableError */
export async function countAccounts(where: Environment): Promise<number> {
  const stored = await withTable(where, (table) => table.query(accountsPartition(lane)));
  return stored.length;
}

async function withTable<Result>(where: Environment, act: (table: Table) => Promise<Result>): Promise<Result> {
  const table = openTable(where);
  try {
    return await act(table);
  } finally {
    table.close();
  }
}
