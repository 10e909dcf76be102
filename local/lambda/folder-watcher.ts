import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from '../state/is-errno.ts';

/**
 * Tells of every change in folders and all their subfolders. One watcher per folder: Node's own recursive watching on
 * Linux loses files that an editor replaces instead of writing into them.
 */
export class FolderWatcher {
  readonly #roots: readonly string[];
  readonly #onChange: (path: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();

  /** @param onChange gets the path of what was made, changed or removed; once or several times for one change. */
  constructor(roots: readonly string[], onChange: (path: string) => void) {
    this.#roots = roots;
    this.#onChange = onChange;
    this.#follow();
  }

  close(): void {
    for (const folder of [...this.#watchers.keys()]) this.#forget(folder);
  }

  /** Watches folders that are new, and forgets those that are gone. */
  #follow(): void {
    let folders: ReadonlySet<string>;
    let isNew: boolean;
    do {
      folders = new Set(this.#roots.flatMap(foldersIn));
      isNew = false;
      for (const folder of folders) {
        if (this.#watchers.has(folder)) continue;
        this.#watch(folder);
        isNew = true;
      }
      // What was made before its parent was watched shows only when looked for again.
    } while (isNew);
    for (const folder of [...this.#watchers.keys()]) if (!folders.has(folder)) this.#forget(folder);
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, (event, name) => {
        // Only a rename can have made or removed a folder.
        if (event === 'rename') this.#follow();
        this.#onChange(name === null ? folder : join(folder, name));
      });
      watcher.on('error', () => this.#forget(folder));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      // It may have gone since it was found.
      if (!isErrno(error, 'ENOENT')) throw error;
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}

/** A folder and all below it; none when it has gone meanwhile. */
function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const below = entries.filter((entry) => entry.isDirectory());
    return [folder, ...below.flatMap(({ name }) => foldersIn(join(folder, name)))];
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
