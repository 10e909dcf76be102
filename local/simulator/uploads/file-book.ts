import { randomUUID } from 'node:crypto';

/** A file that an account may upload, or has uploaded. */
export interface StoredFile {
  readonly id: string;
  readonly accountId: string;
  /** Account, file id and name: the key in the bucket. */
  readonly path: string;
  readonly contentType: string | undefined;
  /** Absent until it is uploaded. */
  readonly bytes: Buffer | undefined;
  readonly parsePolls: number;
}

/** Files by id and by path. */
export class FileBook {
  readonly #byId = new Map<string, StoredFile>();
  readonly #idByPath = new Map<string, string>();

  announce(accountId: string, name: string): StoredFile {
    const id = randomUUID();
    const path = `${accountId}/${id}_${name}`;
    const file = { id, accountId, path, contentType: undefined, bytes: undefined, parsePolls: 0 };
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

  update(file: StoredFile): void {
    this.#byId.set(file.id, file);
  }

  clear(): void {
    this.#byId.clear();
    this.#idByPath.clear();
  }
}
