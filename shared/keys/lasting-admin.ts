import { gatewayKeyKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import type { StoredKey } from './gateway-key.ts';
import { listStoredKeys } from './stored-keys.ts';

/** Milliseconds for which a key counts as leaving; longer than any function of the owner's runs. */
const leavingFor = 120_000;

/** @returns whether the owner can rely on the key: an admin key that does not expire, and is not about to go. */
export function isLastingAdmin({ role, expiresAt, leavingUntil = 0 }: StoredKey, now: number): boolean {
  return role === 'admin' && expiresAt === undefined && leavingUntil <= now;
}

/** What came of the wish to take a key's rights away; `leaving`: go on, nobody else does. */
export type Leaving = 'leaving' | 'last' | 'busy';

/**
 * Notes that a key is about to go, and only then looks whether an admin key stays. Of two that leave at once, at least one
 * sees the other's note, so never do both of the last two go. Keys that are none of an admin are noted too: somebody may
 * make one of them an admin key meanwhile.
 *
 * @throws StoreUnavailableError
 */
export async function beginLeaving(table: Table, { id, hash }: StoredKey, now: number): Promise<Leaving> {
  const place = gatewayKeyKey(hash);
  const leavingUntil = now + leavingFor;
  const condition = { equals: { id }, atMost: { leavingUntil: now } };
  if (!(await table.update(place, { set: { leavingUntil } }, condition))) return 'busy';
  const keys = await listStoredKeys(table, true);
  const isMissed = keys.some((key) => key.id === id && isLastingAdmin({ ...key, leavingUntil: 0 }, now));
  if (!isMissed || keys.some((key) => key.id !== id && isLastingAdmin(key, now))) return 'leaving';
  await table.update(place, { remove: ['leavingUntil'] }, { equals: { id } });
  return 'last';
}
