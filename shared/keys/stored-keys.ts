import { gatewayKeyKey, gatewayKeysPartition } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { readStoredKey, type StoredKey } from './gateway-key.ts';

/** @returns all keys of the table. */
export async function listStoredKeys(table: Table, consistent: boolean): Promise<readonly StoredKey[]> {
  const items = await table.query(gatewayKeysPartition, { consistent });
  return items.flatMap((item) => readStoredKey(item) ?? []);
}

/** Adds a key. @returns `false` when a key with this hash is there already. */
export function addStoredKey(table: Table, { hash, ...attributes }: StoredKey): Promise<boolean> {
  return table.put(gatewayKeyKey(hash), attributes, { exists: false });
}
