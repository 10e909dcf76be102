import { splitList } from '../read-settings.ts';
import type { ImportReport } from '../store/import-report.ts';
import { gatewayKeyKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type KeyRole, newKeyId, type StoredKey, environmentSource as source } from './gateway-key.ts';
import { hashKey } from './hash-key.ts';
import { addStoredKey, listStoredKeys } from './stored-keys.ts';

/** Shorter keys can be guessed; they are taken, with a warning. */
const leastKeyLength = 16;

interface WantedKey {
  readonly hash: string;
  readonly name: string;
  readonly role: KeyRole;
}

/**
 * Makes the table hold the keys of API_KEY and API_KEYS, the first of all as admin. Keys from an earlier environment
 * that are gone from it are removed; keys that came another way are left as they are.
 *
 * @throws StoreUnavailableError
 */
export async function importKeys(
  env: Readonly<Record<string, string | undefined>>,
  table: Table,
): Promise<ImportReport> {
  const { wanted, warnings } = readWantedKeys(env);
  const stored = new Map((await listStoredKeys(table, true)).map((key) => [key.hash, key]));
  let added = 0;
  let changed = 0;
  for (const key of wanted) {
    const before = stored.get(key.hash);
    if (before === undefined) {
      if (await addStoredKey(table, { ...key, id: newKeyId(), source })) added += 1;
    } else if (await renew(table, before, key)) {
      changed += 1;
    }
  }
  const removed = await removeOthers(table, [...stored.values()], wanted);
  return { added, changed, unchanged: wanted.length - added - changed, removed, warnings };
}

function readWantedKeys(env: Readonly<Record<string, string | undefined>>): {
  wanted: readonly WantedKey[];
  warnings: readonly string[];
} {
  const named = ['API_KEY', 'API_KEYS'].flatMap((setting) =>
    splitList(env[setting]).map((key, index) => ({ key, name: `${setting} ${index + 1}` })),
  );
  const wanted = new Map<string, WantedKey>();
  const warnings: string[] = [];
  for (const { key, name } of named) {
    const hash = hashKey(key).toString('hex');
    if (wanted.has(hash)) continue;
    wanted.set(hash, { hash, name, role: wanted.size === 0 ? 'admin' : 'user' });
    if (key.length < leastKeyLength) {
      warnings.push(`${name} has fewer than ${leastKeyLength} characters and can be guessed. Use a longer key.`);
    }
  }
  return { wanted: [...wanted.values()], warnings };
}

async function renew(table: Table, before: StoredKey, { hash, name, role }: WantedKey): Promise<boolean> {
  if (before.source !== source || (before.name === name && before.role === role)) return false;
  return table.update(gatewayKeyKey(hash), { set: { name, role } }, { equals: { source } });
}

async function removeOthers(table: Table, stored: readonly StoredKey[], wanted: readonly WantedKey[]): Promise<number> {
  const kept = new Set(wanted.map((key) => key.hash));
  const leaving = stored.filter((key) => key.source === source && !kept.has(key.hash));
  for (const key of leaving) await table.delete(gatewayKeyKey(key.hash), { equals: { source } });
  return leaving.length;
}
