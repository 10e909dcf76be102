import type { AccountInput } from '../../accounts/add-account.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import type { Attributes } from '../../store/attributes.ts';
import { importHeadKey, importItemKey, importPartition } from '../../store/keys.ts';
import { numberAttribute, textAttribute } from '../../store/read-attribute.ts';
import type { Table } from '../../store/table.ts';
import { readEntryObject } from './import-entry.ts';
import { type ImportSnapshot, type ItemResult, readItem } from './import-snapshot.ts';

/** An account to be imported, and its name for the owner's eyes. */
export interface NamedEntry {
  readonly entry: AccountInput;
  readonly name: string;
}

const keptSeconds = 7 * 24 * 3600;
/** Writes under way at once while an import is taken in. */
const writesAtOnce = 20;

/**
 * The rows of bulk imports: a head and an item for each account. An item's secret is encrypted, and goes when the item
 * is finished; all rows go after seven days. Methods throw StoreUnavailableError and SecretKeyUnavailableError.
 */
export class ImportRows {
  readonly #table: Table;
  readonly #secretBox: SecretBox;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, secretBox: SecretBox, now: () => number = Date.now) {
    this.#table = table;
    this.#secretBox = secretBox;
    this.#now = now;
  }

  /** Takes an import in. Its items are there before its head is; when one can't be stored, none stays. */
  async create(importId: string, entries: readonly NamedEntry[]): Promise<void> {
    try {
      await this.#create(importId, entries);
    } catch (error) {
      await this.#discard(importId, entries.length).catch(() => undefined);
      throw error;
    }
  }

  async #create(importId: string, entries: readonly NamedEntry[]): Promise<void> {
    const ttl = Math.ceil(this.#now() / 1000) + keptSeconds;
    const waiting = entries.entries();
    const writer = async () => {
      for (const [item, { entry, name }] of waiting) {
        const secret = await this.#secretBox.seal(JSON.stringify(entry), boundTo(importId, item));
        const key = importItemKey(importId, item);
        await this.#table.put(key, { item, state: 'waiting', name, secret, ttl });
      }
    };
    await everyWriter(writer);
    await this.#table.put(importHeadKey(importId), { createdAt: this.#now(), total: entries.length, ttl });
  }

  async #discard(importId: string, count: number): Promise<void> {
    const items = Array.from({ length: count }, (_, item) => item).values();
    await everyWriter(async () => {
      for (const item of items) await this.#table.delete(importItemKey(importId, item));
    });
  }

  /** @returns `undefined` when there is no such import. */
  async read(importId: string): Promise<ImportSnapshot | undefined> {
    const rows = await this.#table.query(importPartition(importId), { consistent: true });
    const head = rows.find(({ sk }) => sk === importHeadKey(importId).sk);
    if (head === undefined || (numberAttribute(head, 'ttl') ?? 0) * 1000 <= this.#now()) return undefined;
    const items = rows.flatMap((row) => readItem(row) ?? []);
    return {
      id: importId,
      createdAt: numberAttribute(head, 'createdAt') ?? 0,
      finishedAt: numberAttribute(head, 'finishedAt'),
      total: numberAttribute(head, 'total') ?? items.length,
      items,
    };
  }

  /** @returns the account of an item that waits, `undefined` when it is finished or gone. @throws SecretUnreadableError */
  async openItem(importId: string, item: number): Promise<AccountInput | undefined> {
    const row = await this.#table.get(importItemKey(importId, item), { consistent: true });
    const secret = row === undefined || row.state !== 'waiting' ? undefined : textAttribute(row, 'secret');
    if (secret === undefined) return undefined;
    const entry: unknown = JSON.parse(await this.#secretBox.open(secret, boundTo(importId, item)));
    const read = typeof entry === 'object' && entry !== null ? readEntryObject(entry) : undefined;
    return read?.type === 'entry' ? read.entry : undefined;
  }

  /** Finishes an item and purges its secret; an item that is finished stays as it is. */
  async finishItem(importId: string, item: number, result: ItemResult): Promise<void> {
    const set: Attributes = { ...result, finishedAt: this.#now() };
    const changes = { set, remove: ['secret'] };
    await this.#table.update(importItemKey(importId, item), changes, { equals: { state: 'waiting' } });
  }

  /** Ends an import. Items that still wait have failed then, for this reason. @returns how many these were. */
  async finish(importId: string, reason: string): Promise<number> {
    const snapshot = await this.read(importId);
    const left = snapshot?.items.filter(({ state }) => state === 'waiting') ?? [];
    for (const { item } of left) await this.finishItem(importId, item, { state: 'failed', reason });
    const finishedAt = this.#now();
    await this.#table.update(importHeadKey(importId), { setOnce: { finishedAt } }, { exists: true });
    return left.length;
  }
}

/** Waits for all writers also when one fails: nothing may be written after what follows. */
async function everyWriter(writer: () => Promise<void>): Promise<void> {
  const writers = Array.from({ length: writesAtOnce }, writer);
  await Promise.allSettled(writers);
  await Promise.all(writers);
}

/** A ciphertext that is moved to another item can't be read there. */
function boundTo(importId: string, item: number): string {
  return `import ${importId} ${item}`;
}
