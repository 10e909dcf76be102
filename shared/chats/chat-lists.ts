import { chatOwnersPartition, keptChatsList } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import type { ChatReader } from './chat-index.ts';
import { type KeptChat, readKeptChat } from './chat-row.ts';

/** Which part of the lists is wanted. */
export interface PageOptions {
  /** At least 1. */
  readonly limit: number;
  /** The place of the last chat of the page before. */
  readonly before?: string | undefined;
}

/** The lists of kept chats, newest use first. All methods throw StoreUnavailableError. */
export class ChatLists {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** Whose lists a caller reads: its own, those of its tokens, or those of all keys when it is an admin. */
  async ownersFor(reader: ChatReader): Promise<readonly string[]> {
    if (reader.tokens !== undefined) return reader.tokens.map(({ id }) => id);
    return reader.role === 'admin' ? this.owners() : [reader.id];
  }

  /** All keys that keep chats. */
  async owners(): Promise<readonly string[]> {
    const rows = await this.#table.query(chatOwnersPartition);
    return rows.flatMap((row) => textAttribute(row, 'sk') ?? []);
  }

  /**
   * One page over the lists of some owners, as if they were one. A chat that is used moves to the front, and so never
   * comes twice to whoever reads on; one that nobody uses meanwhile comes exactly once.
   */
  async page(owners: readonly string[], { limit, before }: PageOptions): Promise<readonly KeptChat[]> {
    const lists = await Promise.all(
      owners.map((owner) => this.#table.listed(keptChatsList(owner), { limit, before, descending: true })),
    );
    const oldest = this.#now() / 1000;
    const chats = lists
      .flat()
      .filter(({ ttl }) => typeof ttl === 'number' && ttl > oldest)
      .flatMap((item) => readKeptChat(item) ?? []);
    return chats.toSorted((one, other) => (one.place < other.place ? 1 : -1)).slice(0, limit);
  }

  /** All chats of some owners. */
  async all(owners: readonly string[]): Promise<readonly KeptChat[]> {
    return this.page(owners, { limit: Number.MAX_SAFE_INTEGER });
  }
}
