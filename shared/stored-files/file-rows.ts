import { storedFileKey, storedFilesPartition } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { fileAttributes, readFileRow } from './file-row.ts';
import type { FileChange, FilePurpose, StoredFile } from './stored-file.ts';
import { beforeAllFileIds } from './stored-ids.ts';

/** Which of a caller's files are wanted. */
export interface FileRange {
  /** From 1. */
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  /** Those that come behind this id in that order. */
  readonly after?: string | undefined;
  readonly purpose?: FilePurpose | undefined;
}

/** Rows that are read at once when some of them may be left out. */
const pageSize = 100;

/**
 * The rows of files, each under its caller, so that nobody else finds them. Every write is one conditional write of one
 * item. All methods throw StoreUnavailableError.
 */
export class FileRows {
  readonly #table: Table;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(table: Table, now: () => number = Date.now) {
    this.#table = table;
    this.#now = now;
  }

  /** @returns whether it was written: not when there is such a row, also when its file was deleted. */
  create(callerId: string, file: StoredFile): Promise<boolean> {
    return this.#table.put(storedFileKey(callerId, file.id), fileAttributes(file), { exists: false });
  }

  /** @returns `undefined` when there is no such file of this caller, it is deleted, or its time is over. */
  async find(callerId: string, id: string): Promise<StoredFile | undefined> {
    return readFileRow(await this.#table.get(storedFileKey(callerId, id), { consistent: true }), this.#now());
  }

  /** The caller's files in the order of their making, or the reverse. */
  async list(callerId: string, { limit, order, after, purpose }: FileRange): Promise<readonly StoredFile[]> {
    const files: StoredFile[] = [];
    let place = after;
    for (;;) {
      const from = order === 'asc' ? { after: place ?? beforeAllFileIds } : place !== undefined && { before: place };
      const rows = await this.#table.part(storedFilesPartition(callerId), {
        limit: pageSize,
        consistent: true,
        ...from,
      });
      for (const row of rows) {
        const file = readFileRow(row, this.#now());
        if (file !== undefined && (purpose === undefined || file.purpose === purpose)) files.push(file);
      }
      if (rows.length < pageSize || files.length >= limit) return files.slice(0, limit);
      place = String(rows.at(-1)?.sk);
    }
  }

  /**
   * Changes a file.
   *
   * @param file as it was read.
   * @returns whether it was still so.
   */
  update(callerId: string, file: Pick<StoredFile, 'id' | 'status'>, { status, sha256 }: FileChange): Promise<boolean> {
    return this.#table.update(
      storedFileKey(callerId, file.id),
      { set: { status, sha256 } },
      { exists: true, equals: { status: file.status } },
    );
  }

  /**
   * Forgets a file, but for its id, which nobody gets again.
   *
   * @returns the file as it was; `undefined` when it was not there.
   */
  async remove(callerId: string, id: string): Promise<StoredFile | undefined> {
    const file = await this.find(callerId, id);
    if (file === undefined) return undefined;
    const isDeleted = await this.#table.update(
      storedFileKey(callerId, id),
      { set: { status: 'deleted' }, remove: ['name', 'place', 'sha256', 'mediaType'] },
      { exists: true, equals: { status: file.status } },
    );
    return isDeleted ? file : this.remove(callerId, id);
  }
}
