import type { GatewayKey } from '../keys/gateway-key.ts';
import type { Attributes } from '../store/attributes.ts';
import { chatKey, chatOwnerKey, keptChatsList, temporaryChatsList } from '../store/keys.ts';
import { numberAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import { type ChatEntry, type KeptChat, placeOf, readKeptChat } from './chat-row.ts';
import { shardOf } from './temporary-shards.ts';

export type { ChatEntry } from './chat-row.ts';

const dayMilliseconds = 24 * 3600 * 1000;
/** After the last turn of a kept chat, and after the time at which a temporary one should have gone. */
const keptDays = 30;
/** An owner is noted for longer than any chat that is remembered within a day after that. */
const ownerDays = keptDays + 2;
/** For how long a turn that ends late can't bring a deleted chat back, and deleting it again is no failure. */
const tombstoneDays = 1;

/** Who asks for a chat. */
export interface ChatReader extends Pick<GatewayKey, 'id' | 'role'> {
  /** Who has brought tokens has the chats of each, whatever others come with it. */
  readonly tokens?: readonly { readonly id: string }[];
}

/** A chat that is to be deleted some time after its last use, if nobody has deleted it before. */
export interface DueChat {
  readonly chatId: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** What the upstream says of a chat, which is truer than what the gateway has counted. */
export interface ChatFacts {
  readonly title: string | undefined;
  readonly userMessages: number;
  readonly messages: number;
}

/**
 * Knows which account owns an upstream chat. Kept chats belong to a key, for 30 days after their last turn; temporary
 * ones belong to nobody and wait for their end. All methods throw StoreUnavailableError.
 */
export class ChatIndex {
  readonly #table: Table;
  readonly #now: () => number;
  /** When this instance has noted an owner last. */
  readonly #ownersNoted = new Map<string, number>();

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** Notes a chat that was made without a turn. */
  async begin(entry: ChatEntry, title: string): Promise<void> {
    await this.#keep(entry, 0, { title });
  }

  /** Notes a turn. The chat stays with the key that began it, also when an admin key goes on with it. */
  async remember(entry: ChatEntry): Promise<void> {
    await this.#keep(entry, 1, {});
  }

  /**
   * Notes a chat that is to be deleted at a time, or gives it a later one. A chat that is kept stays so.
   *
   * @throws StoreUnavailableError
   */
  async rememberTemporary({ chatId, accountId, dueAt }: DueChat): Promise<void> {
    const list = temporaryChatsList(shardOf(chatId));
    const set = { accountId, dueAt, listKey: list, listPlace: placeOf(dueAt, chatId), ttl: this.#ttl(keptDays, dueAt) };
    await this.#table.update(chatKey(chatId), { set }, { absent: ['keyId', 'deletedAt'] });
  }

  /** @returns the chat, `undefined` when it is unknown, too old, deleted, or another caller's and `reader` is no admin. */
  async find(chatId: string, reader: ChatReader): Promise<ChatEntry | undefined> {
    const chat = await this.look(chatId, reader);
    if (chat === undefined || chat.deletedAt !== undefined) return undefined;
    const { accountId, responseId, model, keyId } = chat;
    return { chatId, accountId, responseId, model, keyId };
  }

  /** The same with all that is known of it, for a day also after it was deleted. */
  async look(chatId: string, reader: ChatReader): Promise<KeptChat | undefined> {
    const item = await this.#table.get(chatKey(chatId), { consistent: true });
    if (item === undefined || this.#isOver(item)) return undefined;
    const chat = readKeptChat(item);
    const owners = reader.tokens ?? [reader];
    return reader.role === 'admin' || owners.some(({ id }) => id === chat?.keyId) ? chat : undefined;
  }

  /** Whether the gateway knows of the chat, whosever it is and however it ends. */
  async knows(chatId: string): Promise<boolean> {
    return (await this.#table.get(chatKey(chatId), { consistent: true })) !== undefined;
  }

  /** Takes over what the upstream says of a chat; neither its use nor its place changes. */
  async correct({ chatId }: ChatEntry, { title, userMessages, messages }: ChatFacts): Promise<void> {
    const condition = { exists: true, absent: ['deletedAt'] };
    await this.#table.update(chatKey(chatId), { set: { title, userMessages, messages } }, condition);
  }

  async rename({ chatId }: ChatEntry, title: string): Promise<void> {
    await this.#table.update(chatKey(chatId), { set: { title } }, { exists: true, absent: ['deletedAt'] });
  }

  /** Leaves a tombstone, so that a turn that ends late does not bring the chat back. */
  async bury({ chatId }: ChatEntry): Promise<void> {
    const set = { deletedAt: this.#now(), ttl: this.#ttl(tombstoneDays) };
    const changes = { set, remove: ['listKey', 'listPlace', 'title'] };
    await this.#table.update(chatKey(chatId), changes, { exists: true, absent: ['deletedAt'] });
  }

  async #keep(entry: ChatEntry, turns: number, once: Attributes): Promise<void> {
    await Promise.all([this.#keepChat(entry, turns, once), this.#noteOwner(entry)]);
  }

  async #keepChat(entry: ChatEntry, turns: number, once: Attributes): Promise<void> {
    const { chatId, accountId, responseId, model, keyId } = entry;
    const usedAt = this.#now();
    const ttl = this.#ttl(keptDays);
    const set = { accountId, responseId, model, ttl, usedAt, listPlace: placeOf(usedAt, chatId) };
    const changes = {
      setOnce: { keyId, createdAt: usedAt, ...once },
      // One message goes up and one comes back, whatever was folded into the first.
      ...(turns > 0 && { add: { userMessages: turns, messages: 2 * turns } }),
    };
    const list = keptChatsList(keyId);
    const key = chatKey(chatId);
    const kept = { ...changes, set, setOnce: { ...changes.setOnce, listKey: list } };
    if (await this.#table.update(key, kept, { absent: ['dueAt', 'deletedAt'] })) return;
    // It was a temporary one, which has another list.
    const promoted = { ...changes, set: { ...set, listKey: list }, remove: ['dueAt'] };
    await this.#table.update(key, promoted, { absent: ['deletedAt'] });
  }

  /** Brought tokens are no owners whose lists anybody else may read. */
  async #noteOwner({ keyId, accountId }: ChatEntry): Promise<void> {
    const now = this.#now();
    if (keyId === accountId || now - (this.#ownersNoted.get(keyId) ?? 0) < dayMilliseconds) return;
    await this.#table.put(chatOwnerKey(keyId), { ttl: this.#ttl(ownerDays) });
    this.#ownersNoted.set(keyId, now);
  }

  #ttl(days: number, from = this.#now()): number {
    return Math.ceil((from + days * dayMilliseconds) / 1000);
  }

  // DynamoDB deletes days after the time that it was given.
  #isOver(item: Attributes): boolean {
    return (numberAttribute(item, 'ttl') ?? 0) * 1000 <= this.#now();
  }
}
