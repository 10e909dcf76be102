import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isRecord } from '../is-record.ts';
import { isErrno } from '../state/is-errno.ts';

/** What is kept of an object beside its bytes. */
export interface StoredHead {
  readonly key: string;
  readonly mediaType: string;
  /** Without quotation marks. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
}

/** Room before the bytes of each file, for its head: more than the longest key and type need. */
const headSize = 8192;

/** A file that is being written. It gets its name at the end, as a whole or not at all. */
export class FileDraft {
  readonly #path: string;
  readonly #file: FileHandle;
  #size = 0;

  /** @param folder for files that are not finished; on the same disk as their places. */
  static async create(folder: string): Promise<FileDraft> {
    const path = join(folder, randomUUID());
    return new FileDraft(path, await open(path, 'wx', 0o600));
  }

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Bytes that were written. */
  get size(): number {
    return this.#size;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let written = 0; written < bytes.length; ) {
      const position = headSize + this.#size;
      const { bytesWritten } = await this.#file.write(bytes, written, bytes.length - written, position);
      written += bytesWritten;
      this.#size += bytesWritten;
    }
  }

  /** Puts the file into its place, over what was there. */
  async keep(place: string, head: Omit<StoredHead, 'size'>): Promise<void> {
    const text = JSON.stringify({ ...head, size: this.#size });
    await this.#file.write(Buffer.from(text.padEnd(headSize)).subarray(0, headSize), 0, headSize, 0);
    await this.#file.close();
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await rename(this.#path, place);
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }
}

/** A file that is open for reading. */
export interface StoredFile {
  readonly head: StoredHead;
  /** @param last byte, itself included. Closes the file at its end. */
  read(first: number, last: number): Readable;
  close(): Promise<void>;
}

/** @returns `undefined` when there is no such file. */
export async function openStoredFile(place: string): Promise<StoredFile | undefined> {
  const file = await open(place, 'r').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    return {
      head: await readHead(file),
      read: (first, last) => file.createReadStream({ start: headSize + first, end: headSize + last }),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readHead(file: FileHandle): Promise<StoredHead> {
  const { buffer } = await file.read(Buffer.alloc(headSize), 0, headSize, 0);
  const read: unknown = JSON.parse(buffer.toString());
  const { key, mediaType, etag, size } = isRecord(read) ? read : {};
  return { key: String(key), mediaType: String(mediaType), etag: String(etag), size: Number(size) };
}
