import { randomBytes } from 'node:crypto';
import type { CallerLimits } from '../chat/caller-limits.ts';
import type { ConversationMode } from '../chat/conversation-mode.ts';
import type { RouteGroup } from '../routes/route-groups.ts';
import type { Attributes } from '../store/attributes.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import { readLimits } from './read-limits.ts';
import { isSessionItem } from './session.ts';

export type KeyRole = 'admin' | 'user';

/** What a key is kept to. What is absent is no limit. */
export interface KeyLimits {
  /** Epoch milliseconds from which on the key is good for nothing. */
  readonly expiresAt?: number;
  /** Names of models, with `*` at the end for any further text. */
  readonly models?: readonly string[];
  readonly routes?: readonly RouteGroup[];
  /** In place of the deployment's setting. */
  readonly conversations?: ConversationMode;
  /** How much it may use. */
  readonly limits?: CallerLimits;
}

/** A key that callers of the gateway present. The key itself is not kept. */
export interface GatewayKey extends KeyLimits {
  /** Random: tells nothing about the key, so it may be logged. */
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  /** Whether it was a session of the key that was shown, and not the key itself; `expiresAt` is the session's then. */
  readonly session?: true;
}

/** A key as the table keeps it. */
export interface StoredKey extends GatewayKey {
  /** SHA-256 in hex. */
  readonly hash: string;
  /** Who put it there: `environment` keys come and go with API_KEY and API_KEYS. */
  readonly source: string;
  /** Epoch milliseconds; absent on keys of older versions and of the environment. */
  readonly createdAt?: number;
  /** Epoch milliseconds until which the key is about to be an admin key no longer. */
  readonly leavingUntil?: number;
}

/** Where keys of API_KEY and API_KEYS come from. */
export const environmentSource = 'environment';

/** @returns an id for a new key. */
export function newKeyId(): string {
  return `key-${randomBytes(6).toString('hex')}`;
}

/** @returns the key in an item of the table, `undefined` when the item is no whole key, as when it is a session. */
export function readStoredKey(item: Attributes): StoredKey | undefined {
  if (isSessionItem(item)) return undefined;
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
    ...readLimits(item),
    ...numbers(item, ['createdAt', 'leavingUntil']),
  };
}

function numbers<Name extends string>(item: Attributes, names: readonly Name[]): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const value = numberAttribute(item, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
