import { randomBytes } from 'node:crypto';
import type { Table } from '../store/table.ts';
import { newKeyId } from './gateway-key.ts';
import { hashKey } from './hash-key.ts';
import { addStoredKey, listStoredKeys } from './stored-keys.ts';

/**
 * Makes an admin key when the table has none.
 *
 * @returns the plain key, to be shown to the owner once, since only its hash is kept; `undefined` when there was one.
 * @throws StoreUnavailableError
 */
export async function ensureAdminKey(table: Table): Promise<string | undefined> {
  const stored = await listStoredKeys(table, true);
  if (stored.some((key) => key.role === 'admin')) return undefined;
  const plain = `sk-${randomBytes(32).toString('base64url')}`;
  const hash = hashKey(plain).toString('hex');
  await addStoredKey(table, { id: newKeyId(), hash, name: 'first admin key', role: 'admin', source: 'generated' });
  return plain;
}
