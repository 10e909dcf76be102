import type { Attributes } from '../store/attributes.ts';
import { threadKey } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import { type CallFormatName, callFormatNames } from '../tools/call-format.ts';

/** Where a conversation goes on: the end of an upstream chat. */
export interface ThreadEnd {
  readonly callerId: string;
  readonly accountId: string;
  readonly chatId: string;
  /** The upstream's id of the answer that the chat ends with. */
  readonly responseId: string;
  /** The markup of calls that the chat was told of. */
  readonly callFormat: CallFormatName;
  /** Epoch milliseconds at which the chat may be deleted. */
  readonly dueAt: number;
}

/** The ends of upstream chats, by the hash of the conversation that they hold. No words of it are stored. */
export class ThreadStore {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** @throws StoreUnavailableError */
  async put(hash: string, end: ThreadEnd): Promise<void> {
    await this.#table.put(threadKey(hash), { ...end, ttl: Math.ceil(end.dueAt / 1000) });
  }

  /**
   * Takes the end out of the table: whoever takes it is the only one to go on from there. Finding and taking are one
   * call.
   *
   * @returns `undefined` when there is none, it is too old, or it is another caller's.
   * @throws StoreUnavailableError
   */
  async take(hash: string, callerId: string): Promise<ThreadEnd | undefined> {
    const item = await this.#table.deleteAndRead(threadKey(hash), { equals: { callerId } });
    const end = item && readEnd(item);
    return end !== undefined && end.dueAt > this.#now() ? end : undefined;
  }
}

function readEnd(item: Attributes): ThreadEnd | undefined {
  const callerId = textAttribute(item, 'callerId');
  const accountId = textAttribute(item, 'accountId');
  const chatId = textAttribute(item, 'chatId');
  const responseId = textAttribute(item, 'responseId');
  const callFormat = callFormatNames.find((name) => name === textAttribute(item, 'callFormat'));
  const dueAt = numberAttribute(item, 'dueAt');
  if (callerId === undefined || accountId === undefined || chatId === undefined) return undefined;
  if (responseId === undefined || callFormat === undefined || dueAt === undefined) return undefined;
  return { callerId, accountId, chatId, responseId, callFormat, dueAt };
}
