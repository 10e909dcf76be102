import { hashKey } from '../../../keys/hash-key.ts';
import type { IncomingKey } from '../incoming.ts';

/** Shorter keys can be guessed. */
const leastLength = 16;

/** A key as another project keeps it: in the clear. */
export interface PlainKey {
  readonly name: string;
  readonly key: string;
}

/** Reads keys in the clear. Their first is the admin key, as these projects have it; a key counts once. */
export function readKeys(keys: readonly PlainKey[]): readonly IncomingKey[] {
  const read = new Map<string, IncomingKey>();
  for (const { name, key } of keys) {
    const hash = hashKey(key).toString('hex');
    if (read.has(hash)) continue;
    const notice = key.length < leastLength ? { notice: 'It is short and can be guessed. Use a longer key.' } : {};
    read.set(hash, { name, hash, role: read.size === 0 ? 'admin' : 'user', limits: {}, ...notice });
  }
  return [...read.values()];
}
