import type { KeptChat } from '../../chats/chat-row.ts';
import { cleanupHeadKey, cleanupItemKey, cleanupPartition } from '../../store/keys.ts';
import { numberAttribute, textAttribute } from '../../store/read-attribute.ts';
import type { Table } from '../../store/table.ts';
import { type CleanupItem, type CleanupSnapshot, readCleanupItem } from './cleanup-snapshot.ts';

/** What a clean-up begins with. */
export interface NewCleanup {
  readonly id: string;
  readonly callerId: string;
  readonly chats: readonly KeptChat[];
  readonly left: number;
}

/** How a chat's turn ended. */
export type CleanupResult =
  | { readonly state: 'deleted' | 'kept' }
  | { readonly state: 'failed'; readonly reason: string };

const keptSeconds = 7 * 24 * 3600;
/** Writes under way at once while a clean-up begins. */
const writesAtOnce = 20;

/** The rows of clean-ups, which are the truth about them: a head, and an item for each chat. Methods throw StoreUnavailableError. */
export class CleanupRows {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** The items are there before the head is. One without chats is finished at once. */
  async create({ id, callerId, chats, left }: NewCleanup): Promise<void> {
    const createdAt = this.#now();
    const ttl = Math.ceil(createdAt / 1000) + keptSeconds;
    const waiting = chats.entries();
    const writer = async () => {
      for (const [item, { chatId, accountId, place }] of waiting) {
        const row = { item, chatId, accountId, seenAt: place, state: 'waiting', ttl };
        await this.#table.put(cleanupItemKey(id, item), row);
      }
    };
    await Promise.all(Array.from({ length: writesAtOnce }, writer));
    const finishedAt = chats.length === 0 ? createdAt : undefined;
    await this.#table.put(cleanupHeadKey(id), { callerId, createdAt, finishedAt, left, ttl });
  }

  /** @returns `undefined` when there is no such clean-up. */
  async read(id: string): Promise<CleanupSnapshot | undefined> {
    const rows = await this.#table.query(cleanupPartition(id), { consistent: true });
    const head = rows.find(({ sk }) => sk === cleanupHeadKey(id).sk);
    if (head === undefined || (numberAttribute(head, 'ttl') ?? 0) * 1000 <= this.#now()) return undefined;
    return {
      id,
      callerId: textAttribute(head, 'callerId') ?? '',
      createdAt: numberAttribute(head, 'createdAt') ?? 0,
      finishedAt: numberAttribute(head, 'finishedAt'),
      left: numberAttribute(head, 'left') ?? 0,
      items: rows.flatMap((row) => readCleanupItem(row) ?? []),
    };
  }

  /** @returns an item that waits, `undefined` when it is finished or gone. */
  async waitingItem(id: string, item: number): Promise<CleanupItem | undefined> {
    const row = await this.#table.get(cleanupItemKey(id, item), { consistent: true });
    const read = row && readCleanupItem(row);
    return read?.state === 'waiting' ? read : undefined;
  }

  /** Notes what a try has met, for when it is the last one. */
  async note(id: string, item: number, reason: string): Promise<void> {
    await this.#table.update(cleanupItemKey(id, item), { set: { reason } }, { equals: { state: 'waiting' } });
  }

  /** Finishes an item; one that is finished stays as it is. */
  async finishItem(id: string, item: number, result: CleanupResult): Promise<void> {
    const remove = result.state === 'failed' ? [] : ['reason'];
    const changes = { set: { ...result, finishedAt: this.#now() }, remove };
    await this.#table.update(cleanupItemKey(id, item), changes, { equals: { state: 'waiting' } });
  }

  /** Ends a clean-up. Chats that still wait have failed then. @returns how many these were. */
  async finish(id: string, reason: string): Promise<number> {
    const snapshot = await this.read(id);
    const left = snapshot?.items.filter(({ state }) => state === 'waiting') ?? [];
    for (const waiting of left) {
      await this.finishItem(id, waiting.item, { state: 'failed', reason: waiting.reason ?? reason });
    }
    await this.#table.update(cleanupHeadKey(id), { setOnce: { finishedAt: this.#now() } }, { exists: true });
    return left.length;
  }
}
