import type { Attributes } from '../store/attributes.ts';
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
  return table.put(gatewayKeyKey(hash), { ...attributes }, { exists: false });
}

/**
 * Sets attributes of a key; those that are `undefined` are removed.
 *
 * @returns `false` when the key is gone.
 */
export function changeStoredKey(table: Table, { hash, id }: StoredKey, changes: Attributes): Promise<boolean> {
  const remove = Object.keys(changes).filter((name) => changes[name] === undefined);
  return table.update(gatewayKeyKey(hash), { set: changes, remove }, { equals: { id } });
}

/** @returns `false` when the key is gone. */
export function removeStoredKey(table: Table, { hash, id }: StoredKey): Promise<boolean> {
  return table.delete(gatewayKeyKey(hash), { equals: { id } });
}
