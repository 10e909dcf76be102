import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../state/is-errno.ts';

/** What the bundles and the template are made from. */
export const assemblySources: readonly string[] = [
  'shared',
  'functions',
  'infra',
  'cdk.json',
  'package-lock.json',
  'tsconfig.json',
];

/**
 * A hash over the names and contents of files. Missing ones count as empty.
 *
 * @param sources files and folders, relative to `root`; folders are read with everything in them.
 */
export async function hashSources(root: string, sources: readonly string[] = assemblySources): Promise<string> {
  const lists = await Promise.all(sources.map((source) => filesOf(root, source)));
  const files = lists.flat().sort();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256');
  for (const [position, file] of files.entries()) {
    const content = contents[position] ?? Buffer.alloc(0);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesOf(root: string, source: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, source), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      );
  } catch (error) {
    if (isErrno(error, 'ENOTDIR')) return [source];
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
