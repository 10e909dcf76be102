import type { UploadedFile } from '../chat/upload.ts';
import { uploadKey } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';

/** Remembers, for all instances, which files an account holds, by their content. */
export class UploadRows {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number) {
    this.#table = table;
    this.#now = now;
  }

  /** @returns `undefined` when the account has not, or may not use it any more. @throws StoreUnavailableError */
  async find(accountId: string, hash: string): Promise<UploadedFile | undefined> {
    const item = await this.#table.get(uploadKey(accountId, hash));
    if (item === undefined) return undefined;
    const usableUntil = numberAttribute(item, 'usableUntil') ?? 0;
    const reference = readReference(textAttribute(item, 'reference'));
    if (reference === undefined || usableUntil <= this.#now()) return undefined;
    return { reference, usableUntil };
  }

  /** @throws StoreUnavailableError */
  async keep(accountId: string, hash: string, { reference, usableUntil }: UploadedFile): Promise<void> {
    await this.#table.put(uploadKey(accountId, hash), {
      reference: JSON.stringify(reference),
      usableUntil,
      ttl: Math.ceil(usableUntil / 1000),
    });
  }
}

function readReference(text: string | undefined): UploadedFile['reference'] | undefined {
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
