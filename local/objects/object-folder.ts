import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectLifetime } from '../../shared/objects/object-lifetimes.ts';
import { FileDraft, openStoredFile, type StoredFile } from './stored-file.ts';

const dayMilliseconds = 24 * 3600 * 1000;
/** A first part of a key that may name a folder. */
const groupForm = /^([a-z0-9-]{1,40})\//;

/**
 * Where the objects lie: one file each, named after the hash of its bucket and key, so that no key can lead elsewhere.
 * The first part of a key chooses the folder, because objects of one kind grow old together.
 */
export class ObjectFolder {
  readonly #drafts: string;
  readonly #objects: string;
  /** For what is made of several files. */
  readonly uploads: string;

  private constructor(folder: string) {
    this.#drafts = join(folder, 'drafts');
    this.#objects = join(folder, 'objects');
    this.uploads = join(folder, 'uploads');
  }

  /** Opens the folder, which nobody else may use, and throws away what a killed process has left half done. */
  static async open(folder: string): Promise<ObjectFolder> {
    const opened = new ObjectFolder(folder);
    await rm(opened.#drafts, { recursive: true, force: true });
    for (const path of [opened.#drafts, opened.#objects, opened.uploads]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
    }
    return opened;
  }

  draft(): Promise<FileDraft> {
    return FileDraft.create(this.#drafts);
  }

  /** The path of an object's file, whether it is there or not. */
  place(bucket: string, key: string): string {
    const group = groupForm.exec(key)?.[1] ?? '_';
    return join(this.#objects, group, createHash('sha256').update(`${bucket}/${key}`).digest('hex'));
  }

  find(bucket: string, key: string): Promise<StoredFile | undefined> {
    return openStoredFile(this.place(bucket, key));
  }

  async remove(bucket: string, key: string): Promise<void> {
    await rm(this.place(bucket, key), { force: true });
  }

  /**
   * Removes objects that have lived long enough, and uploads that nobody has finished for a day.
   *
   * @param now epoch milliseconds.
   * @returns how many went.
   */
  async expire(lifetimes: readonly ObjectLifetime[], now: number): Promise<number> {
    const counts = await Promise.all([
      removeOlder(this.uploads, now - dayMilliseconds),
      ...lifetimes.map(({ prefix, days }) => {
        const group = groupForm.exec(prefix)?.[1];
        return group === undefined ? 0 : removeOlder(join(this.#objects, group), now - days * dayMilliseconds);
      }),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

async function removeOlder(folder: string, time: number): Promise<number> {
  const names = await readdir(folder).catch((): string[] => []);
  let removed = 0;
  for (const name of names) {
    const path = join(folder, name);
    const known = await stat(path).catch(() => undefined);
    if (known === undefined || known.mtimeMs > time) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
