import { randomUUID } from 'node:crypto';
import type { Content } from './read-content.ts';

/** What an account says of a file that it is about to upload. */
export interface AnnouncedFile {
  readonly accountId: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/** A file that an account may upload, or has uploaded. */
export interface StoredFile extends AnnouncedFile {
  readonly id: string;
  /** Account, file id and name: the key in the bucket. */
  readonly path: string;
  readonly contentType: string | undefined;
  /** Absent until it is uploaded. */
  readonly content: Content | undefined;
  readonly parsePolls: number;
  /** Whether a document was read, so that models can answer about it. */
  readonly isRead: boolean;
}

/** Files by id and by path. */
export class FileBook {
  readonly #byId = new Map<string, StoredFile>();
  readonly #idByPath = new Map<string, string>();

  announce(announced: AnnouncedFile): StoredFile {
    const id = randomUUID();
    const path = `${announced.accountId}/${id}_${announced.name}`;
    const file = { ...announced, id, path, contentType: undefined, content: undefined, parsePolls: 0, isRead: false };
    this.#byId.set(id, file);
    this.#idByPath.set(path, id);
    return file;
  }

  find(id: string): StoredFile | undefined {
    return this.#byId.get(id);
  }

  findByPath(path: string): StoredFile | undefined {
    return this.#byId.get(this.#idByPath.get(path) ?? '');
  }

  list(): readonly StoredFile[] {
    return [...this.#byId.values()];
  }

  update(file: StoredFile): void {
    this.#byId.set(file.id, file);
  }

  clear(): void {
    this.#byId.clear();
    this.#idByPath.clear();
  }
}
