import { chatKey, temporaryChatsList } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { placeOf, readTemporaryChat, type TemporaryChat } from './chat-row.ts';
import { temporaryShards } from './temporary-shards.ts';

/** The temporary chats whose time has come. All methods throw StoreUnavailableError. */
export class TemporaryChats {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /**
   * Those that are due, longest first.
   *
   * @param limit of each shard.
   * @param overdue milliseconds for which they must have been.
   */
  async due(limit: number, overdue = 0): Promise<readonly TemporaryChat[]> {
    const before = placeOf(this.#now() - overdue, '');
    const shards = Array.from({ length: temporaryShards }, (_, shard) => temporaryChatsList(shard));
    const lists = await Promise.all(
      shards.map((list) => this.#table.listed(list, { limit, before, descending: false })),
    );
    return lists.flat().flatMap((item) => readTemporaryChat(item) ?? []);
  }

  /**
   * Makes a due chat due later, for whoever deletes it meanwhile or could not.
   *
   * @param later milliseconds from now.
   * @returns the chat at its new place, `undefined` when somebody else has given it more time or has taken it.
   */
  async postpone(chat: TemporaryChat, later: number): Promise<TemporaryChat | undefined> {
    const place = placeOf(this.#now() + later, chat.chatId);
    const held = await this.#table.update(
      chatKey(chat.chatId),
      { set: { listPlace: place } },
      { equals: { listPlace: chat.place } },
    );
    return held ? { ...chat, place } : undefined;
  }

  /** Forgets a chat that is gone, unless it was given more time since. */
  async drop({ chatId, place }: TemporaryChat): Promise<void> {
    await this.#table.delete(chatKey(chatId), { equals: { listPlace: place } });
  }
}
