import { randomBytes } from 'node:crypto';
import type { ResponseStatus } from '../dialects/openai-responses/response-state.ts';
import type { Attributes } from '../store/attributes.ts';
import { responseHeadKey, responsePartition, responsePieceKey } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import type { Table } from '../store/table.ts';
import { packContent, type ResponseContent, unpackContent } from './response-content.ts';

/** A response belongs to the gateway key that asked for it; to others it is not there. */
export interface ResponseKey {
  readonly callerId: string;
  /** `resp_…` */
  readonly id: string;
}

const statuses: readonly ResponseStatus[] = ['queued', 'in_progress', 'completed', 'incomplete', 'failed', 'cancelled'];

/** Whether nothing about it changes any more. */
export function isOver(status: ResponseStatus): boolean {
  return status !== 'queued' && status !== 'in_progress';
}

/** Said of an answer whose worker is gone. */
const workerLost = { code: 'server_error', message: 'The answer broke off: its worker ended. Ask again.' };

/**
 * Keeps responses in the one table: a small row that tells of a response's life, and its content in as many rows as it
 * takes. All methods throw StoreUnavailableError.
 */
export class ResponseStore {
  readonly #table: Table;
  readonly #keepDays: number;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, keepDays: number, now: () => number = Date.now) {
    this.#table = table;
    this.#keepDays = keepDays;
    this.#now = now;
  }

  /** @param endsBy epoch milliseconds: an answer that is not there by then will never be. */
  async create(key: ResponseKey, content: ResponseContent, status: ResponseStatus, endsBy?: number): Promise<void> {
    const ttl = this.#expiry();
    const place = await this.#writeContent(key, content, ttl);
    await this.#table.put(responseHeadKey(key), { status, ttl, endsBy, ...place });
  }

  /** @returns the response, `undefined` when there is none, it is too old, or another caller's. */
  async find(key: ResponseKey): Promise<ResponseContent | undefined> {
    const rows = await this.#table.query(responsePartition(key), { consistent: true });
    const head = rows.find(({ sk }) => sk === responseHeadKey(key).sk);
    const status = this.#statusOf(head);
    if (head === undefined || status === undefined) return undefined;
    const prefix = responsePieceKey(key, textAttribute(head, 'generation') ?? '', 0).sk.slice(0, -4);
    const pieces = rows.flatMap((row) =>
      String(row.sk).startsWith(prefix) ? [textAttribute(row, 'piece') ?? ''] : [],
    );
    if (pieces.length !== head.pieces) {
      throw new StoreUnavailableError('The response is being written just now. Try again.');
    }
    const content = await unpackContent(pieces);
    const isLost = status === 'failed' && head.status !== 'failed';
    const error = isLost || head.lost === true ? { error: workerLost } : {};
    return { ...content, response: { ...content.response, status, ...error } };
  }

  /** Where the response is in its life: one small read. `undefined` as `find`. */
  async status(key: ResponseKey): Promise<ResponseStatus | undefined> {
    return this.#statusOf(await this.#table.get(responseHeadKey(key), { consistent: true }));
  }

  /** A worker takes a queued response. @returns whether it was still to be taken. */
  start(key: ResponseKey, endsBy: number): Promise<boolean> {
    const set = { status: 'in_progress', endsBy };
    return this.#table.update(responseHeadKey(key), { set }, { equals: { status: 'queued' } });
  }

  /** Puts the answer in. @returns false when it was cancelled or deleted meanwhile. */
  async finish(key: ResponseKey, content: ResponseContent, status: ResponseStatus): Promise<boolean> {
    const place = await this.#writeContent(key, content, this.#expiry());
    const changes = { set: { status, ...place } };
    return this.#table.update(responseHeadKey(key), changes, { equals: { status: 'in_progress' } });
  }

  /** Ends a response that is not over, by its owner's wish or because its worker is gone. @returns whether it did. */
  async end(key: ResponseKey, status: 'cancelled' | 'failed'): Promise<boolean> {
    const set = { status, lost: status === 'failed' };
    // One of the two holds, unless the response is over: it only ever goes from the first to the second.
    for (const before of ['queued', 'in_progress'] as const) {
      if (await this.#table.update(responseHeadKey(key), { set }, { equals: { status: before } })) return true;
    }
    return false;
  }

  /** The small row goes first, so that nobody meets half of it. */
  async delete(key: ResponseKey): Promise<void> {
    await this.#table.delete(responseHeadKey(key));
    const rows = await this.#table.query(responsePartition(key), { consistent: true });
    await Promise.all(rows.map(({ pk, sk }) => this.#table.delete({ pk: String(pk), sk: String(sk) })));
  }

  #expiry(): number {
    return Math.ceil(this.#now() / 1000) + this.#keepDays * 24 * 3600;
  }

  /** Content is never written over: readers of what was there before still find all of it. */
  async #writeContent(key: ResponseKey, content: ResponseContent, ttl: number): Promise<Attributes> {
    const generation = randomBytes(6).toString('hex');
    const pieces = await packContent(content);
    const writes = pieces.map((piece, index) =>
      this.#table.put(responsePieceKey(key, generation, index), { piece, ttl }),
    );
    await Promise.all(writes);
    return { generation, pieces: pieces.length };
  }

  #statusOf(head: Attributes | undefined): ResponseStatus | undefined {
    if (head === undefined) return undefined;
    const now = this.#now();
    // DynamoDB deletes days after the time that it was given.
    if ((numberAttribute(head, 'ttl') ?? 0) * 1000 <= now) return undefined;
    const status = statuses.find((known) => known === head.status);
    if (status === undefined || isOver(status)) return status;
    return (numberAttribute(head, 'endsBy') ?? 0) <= now ? 'failed' : status;
  }
}
