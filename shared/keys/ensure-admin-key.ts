import type { Table } from '../store/table.ts';
import { newKeyId } from './gateway-key.ts';
import { isLastingAdmin } from './lasting-admin.ts';
import { newKey } from './new-key.ts';
import { addStoredKey, listStoredKeys } from './stored-keys.ts';

/**
 * Makes an admin key when the table has none that lasts.
 *
 * @returns the plain key, to be shown to the owner once, since only its hash is kept; `undefined` when there was one.
 * @throws StoreUnavailableError
 */
export async function ensureAdminKey(table: Table): Promise<string | undefined> {
  const stored = await listStoredKeys(table, true);
  if (stored.some((key) => isLastingAdmin(key, Date.now()))) return undefined;
  const { plain, hash } = newKey();
  await addStoredKey(table, { id: newKeyId(), hash, name: 'first admin key', role: 'admin', source: 'generated' });
  return plain;
}
