import { randomBytes } from 'node:crypto';
import type { Attributes } from '../store/attributes.ts';
import { textAttribute } from '../store/read-attribute.ts';

export type KeyRole = 'admin' | 'user';

/** A key that callers of the gateway present. The key itself is not kept. */
export interface GatewayKey {
  /** Random: tells nothing about the key, so it may be logged. */
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
}

/** A key as the table keeps it. */
export interface StoredKey extends GatewayKey {
  /** SHA-256 in hex. */
  readonly hash: string;
  /** Who put it there: `environment` keys come and go with API_KEY and API_KEYS. */
  readonly source: string;
}

/** @returns an id for a new key. */
export function newKeyId(): string {
  return `key-${randomBytes(6).toString('hex')}`;
}

/** @returns the key in an item of the table, `undefined` when the item is no whole key. */
export function readStoredKey(item: Attributes): StoredKey | undefined {
  const hash = textAttribute(item, 'sk');
  const id = textAttribute(item, 'id');
  if (hash === undefined || id === undefined || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  return {
    id,
    hash,
    name: textAttribute(item, 'name') ?? id,
    // Anything unknown gets the lesser rights.
    role: textAttribute(item, 'role') === 'admin' ? 'admin' : 'user',
    source: textAttribute(item, 'source') ?? '',
  };
}
