import { accountKey, accountsPartition } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import { lane, readAccount } from './account.ts';

/**
 * Removes the accounts that came from a source, their secrets included.
 *
 * @returns how many there were.
 * @throws StoreUnavailableError
 */
export async function removeAccounts(table: Table, source: string): Promise<number> {
  const items = await table.query(accountsPartition(lane), { consistent: true });
  const leaving = items.flatMap((item) => (textAttribute(item, 'source') === source ? (readAccount(item) ?? []) : []));
  for (const account of leaving) await table.delete(accountKey(lane, account.id), { equals: { source } });
  return leaving.length;
}
