import { toGatewayError } from '../../../chat/errors/internal-error.ts';
import { environmentSource, newKeyId, type StoredKey } from '../../../keys/gateway-key.ts';
import { addStoredKey } from '../../../keys/stored-keys.ts';
import type { KeyDesk, KeyFields } from '../../keys/key-desk.ts';
import { parseKey } from '../../keys/parse-key.ts';
import { canonicalJson } from '../canonical-json.ts';
import { type ImportItem, skipped } from '../import-item.ts';
import type { Incoming, IncomingKey } from '../incoming.ts';
import { type ImportContext, importSource } from './import-context.ts';

const noHash = 'The document has no secrets, so the key can’t be made. Export with a passphrase, or make a new key.';
const asUser = 'Taken as a user key. Send "admins": true to let keys of this document manage the gateway.';

/**
 * Takes keys in by their hash, under the id that they had. A key that is there gets the document's name and limits, but for
 * those of the environment, and in mode `replace-none`. No key becomes an admin key unasked, and none stops being one.
 */
export async function importKeys(
  incoming: Incoming['keys'],
  desk: KeyDesk,
  context: ImportContext,
): Promise<readonly ImportItem[]> {
  const stored = [...(await desk.list())];
  const items: ImportItem[] = [];
  for (const key of incoming) {
    const known = stored.find(({ id, hash }) => (key.hash === undefined ? id === key.id : hash === key.hash));
    const left = { kind: 'key', name: key.name, id: known?.id ?? null, outcome: 'left', reason: null } as const;
    if (!context.hasTime()) items.push(left);
    else items.push(await importKey(key, known, { desk, stored, context }));
  }
  return items;
}

interface KeyWork {
  readonly desk: KeyDesk;
  /** All that there are; new ones are put in. */
  readonly stored: StoredKey[];
  readonly context: ImportContext;
}

async function importKey(key: IncomingKey, known: StoredKey | undefined, work: KeyWork): Promise<ImportItem> {
  try {
    const { admins, now } = work.context;
    const role = admins ? key.role : 'user';
    const fields = parseKey({ name: key.name, role, ...key.limits }, now);
    if (known === undefined) return await addKey(key, fields, work);
    return await changeKey(key, fields, known, work);
  } catch (error) {
    const problem = toGatewayError(error);
    if (problem.status >= 500) throw error;
    return { kind: 'key', name: key.name, id: known?.id ?? null, outcome: 'failed', reason: problem.message };
  }
}

async function addKey(key: IncomingKey, fields: KeyFields, { stored, context }: KeyWork): Promise<ImportItem> {
  const { hash, createdAt = context.now, notice } = key;
  if (hash === undefined) return skipped('key', key.name, noHash);
  const isTaken = stored.some(({ id }) => id === key.id);
  const id = key.id === undefined || isTaken ? newKeyId() : key.id;
  const { name = id, role = 'user', ...limits } = fields;
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  const added: StoredKey = { ...given, id, name, role, hash, source: importSource, createdAt };
  const item = { kind: 'key', name, id: context.write ? id : (key.id ?? null) } as const;
  if (context.write && !(await addStoredKey(context.table, added))) {
    return { ...item, outcome: 'left', reason: 'Somebody else has just added it. Send the document again.' };
  }
  stored.push(added);
  return { ...item, outcome: 'added', reason: notice ?? (key.role === 'admin' && role === 'user' ? asUser : null) };
}

async function changeKey(
  key: IncomingKey,
  { role, ...fields }: KeyFields,
  known: StoredKey,
  { desk, context }: KeyWork,
): Promise<ImportItem> {
  const item = { kind: 'key', name: known.name, id: known.id, reason: null } as const;
  if (known.source === environmentSource) {
    return { ...item, outcome: 'unchanged', reason: 'It comes from API_KEY or API_KEYS, which have the say about it.' };
  }
  // Other projects know no more of a key than itself.
  const told = key.id === undefined ? {} : fields;
  const changes: KeyFields = { ...told, ...(role === 'admin' && { role }) };
  if (isSame(known, changes)) return { ...item, outcome: 'unchanged' };
  if (context.mode === 'replace-none') return { ...item, outcome: 'unchanged', reason: 'It is there already.' };
  if (context.write) await desk.change(known.id, changes);
  return { ...item, outcome: 'changed' };
}

function isSame(known: StoredKey, changes: KeyFields): boolean {
  const held = new Map<string, unknown>(Object.entries(known));
  return Object.entries(changes).every(
    ([name, value]) => canonicalJson(value ?? null) === canonicalJson(held.get(name) ?? null),
  );
}
