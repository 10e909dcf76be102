import { environmentSource, type GatewayKey, newKeyId, type StoredKey } from '../../keys/gateway-key.ts';
import { beginLeaving } from '../../keys/lasting-admin.ts';
import { newKey } from '../../keys/new-key.ts';
import { addStoredKey, changeStoredKey, listStoredKeys, removeStoredKey } from '../../keys/stored-keys.ts';
import type { Table } from '../../store/table.ts';
import { EnvironmentKeyError, KeyBusyError, KeyNotFoundError, LastAdminKeyError } from '../admin-errors.ts';

/** What the owner says of a key. `undefined` takes a limit away. */
export type KeyFields = { readonly [Field in keyof Omit<GatewayKey, 'id'>]?: GatewayKey[Field] | undefined };

export interface KeyDeskOptions {
  readonly table: Table;
  /** Lets a change count here at once; other instances see it when they read the keys again. */
  readonly changed: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What an owner does with gateway keys. All methods throw StoreUnavailableError. */
export class KeyDesk {
  readonly #options: KeyDeskOptions;
  readonly #now: () => number;

  constructor(options: KeyDeskOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** In the order of their ids, which stays when keys come and go. */
  async list(): Promise<readonly StoredKey[]> {
    const keys = await listStoredKeys(this.#options.table, true);
    return keys.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** @throws KeyNotFoundError */
  async find(id: string): Promise<StoredKey> {
    const key = (await this.list()).find((known) => known.id === id);
    if (key === undefined) throw new KeyNotFoundError();
    return key;
  }

  /** @returns the new key, and what is to be shown once. */
  async add({ name = '', role = 'user', ...limits }: KeyFields): Promise<{ key: StoredKey; plain: string }> {
    const { plain, hash } = newKey();
    const id = newKeyId();
    const attributes = { id, name: name || id, role, source: 'admin', createdAt: this.#now() };
    await addStoredKey(this.#options.table, { hash, ...attributes, ...given(limits) });
    await this.#options.changed();
    return { key: await this.find(id), plain };
  }

  /** Changes the fields that are there, and no others. @throws KeyNotFoundError, EnvironmentKeyError, LastAdminKeyError, KeyBusyError */
  async change(id: string, fields: KeyFields): Promise<StoredKey> {
    const key = await this.#own(id);
    const isLess = fields.role === 'user' || fields.expiresAt !== undefined;
    if (isLess) await this.#leave(key);
    const changes = { ...fields, ...(isLess && { leavingUntil: undefined }) };
    const done = await changeStoredKey(this.#options.table, key, changes);
    if (!done) throw new KeyNotFoundError();
    await this.#options.changed();
    return this.find(id);
  }

  /** @throws KeyNotFoundError, EnvironmentKeyError, LastAdminKeyError, KeyBusyError */
  async remove(id: string): Promise<void> {
    const key = await this.#own(id);
    await this.#leave(key);
    await removeStoredKey(this.#options.table, key);
    await this.#options.changed();
  }

  async #own(id: string): Promise<StoredKey> {
    const key = await this.find(id);
    if (key.source === environmentSource) throw new EnvironmentKeyError();
    return key;
  }

  /** Before a key loses rights, so that the owner does not lose the last admin key. */
  async #leave(key: StoredKey): Promise<void> {
    const leaving = await beginLeaving(this.#options.table, key, this.#now());
    if (leaving === 'last') throw new LastAdminKeyError();
    if (leaving === 'leaving') return;
    await this.find(key.id);
    throw new KeyBusyError();
  }
}

/** Without the fields that are `undefined`. */
function given(fields: KeyFields): Partial<GatewayKey> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
