import { gatewayKeyKey, gatewayKeysPartition } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { readStoredKey, type StoredKey } from './gateway-key.ts';
import { readSession, type StoredSession, sessionSource } from './session.ts';

/** @returns the sessions of all keys, also those whose time is over. @throws StoreUnavailableError */
export async function listSessions(table: Table): Promise<readonly StoredSession[]> {
  const items = await table.query(gatewayKeysPartition, { consistent: true });
  return items.flatMap((item) => readSession(item) ?? []);
}

/** @returns everything that is good for calls, in one read. @throws StoreUnavailableError */
export async function listKeysAndSessions(
  table: Table,
): Promise<{ readonly keys: readonly StoredKey[]; readonly sessions: readonly StoredSession[] }> {
  const items = await table.query(gatewayKeysPartition, { consistent: true });
  return {
    keys: items.flatMap((item) => readStoredKey(item) ?? []),
    sessions: items.flatMap((item) => readSession(item) ?? []),
  };
}

/** @throws StoreUnavailableError */
export async function addSession(table: Table, { hash, ...session }: StoredSession): Promise<void> {
  const ttl = Math.ceil(session.expiresAt / 1000);
  await table.put(gatewayKeyKey(hash), { ...session, source: sessionSource, ttl });
}

/** Never removes a key. @throws StoreUnavailableError */
export async function removeSession(table: Table, { hash }: Pick<StoredSession, 'hash'>): Promise<void> {
  await table.delete(gatewayKeyKey(hash), { equals: { source: sessionSource } });
}
