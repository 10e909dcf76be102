import type { GatewayKey } from '../keys/gateway-key.ts';
import type { Attributes } from '../store/attributes.ts';
import { chatKey } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';

const keptSeconds = 30 * 24 * 3600;

/** Where an upstream chat lives, so that a next turn can go on with it. */
export interface ChatEntry {
  readonly chatId: string;
  readonly accountId: string;
  /** The upstream's id of the newest answer. */
  readonly responseId: string;
  readonly model: string;
  /** The gateway key that began the chat, or the id of the token that a caller brought. */
  readonly keyId: string;
}

/** Who asks for a chat. */
export interface ChatReader extends Pick<GatewayKey, 'id' | 'role'> {
  /** Who has brought tokens has the chats of each, whatever others come with it. */
  readonly tokens?: readonly { readonly id: string }[];
}

/** Knows which account owns a kept upstream chat, and whose chat it is, for 30 days after its last turn. */
export class ChatIndex {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /**
   * Notes a turn. The chat stays with the key that began it, also when an admin key goes on with it.
   *
   * @throws StoreUnavailableError
   */
  async remember(entry: ChatEntry): Promise<void> {
    const { chatId, accountId, responseId, model, keyId } = entry;
    const ttl = Math.ceil(this.#now() / 1000) + keptSeconds;
    await this.#table.update(chatKey(chatId), { set: { accountId, responseId, model, ttl }, setOnce: { keyId } });
  }

  /**
   * @returns the chat, `undefined` when it is unknown, too old, or another caller's and `reader` has no admin key.
   * @throws StoreUnavailableError
   */
  async find(chatId: string, reader: ChatReader): Promise<ChatEntry | undefined> {
    const item = await this.#table.get(chatKey(chatId), { consistent: true });
    if (item === undefined) return undefined;
    // DynamoDB deletes days after the time that it was given.
    const ttl = numberAttribute(item, 'ttl') ?? 0;
    if (ttl * 1000 <= this.#now()) return undefined;
    const entry = readEntry(chatId, item);
    const owners = reader.tokens ?? [reader];
    return reader.role === 'admin' || owners.some(({ id }) => id === entry?.keyId) ? entry : undefined;
  }
}

function readEntry(chatId: string, item: Attributes): ChatEntry | undefined {
  const accountId = textAttribute(item, 'accountId');
  const responseId = textAttribute(item, 'responseId');
  const model = textAttribute(item, 'model');
  const keyId = textAttribute(item, 'keyId');
  if (accountId === undefined || responseId === undefined || model === undefined || keyId === undefined) {
    return undefined;
  }
  return { chatId, accountId, responseId, model, keyId };
}
