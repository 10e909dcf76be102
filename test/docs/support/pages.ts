import { globSync, readFileSync } from 'node:fs';

/** One page of the documentation. */
export interface Page {
  /** Path from the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** Every page that people read: README.md and all of docs/. */
export const pages: readonly Page[] = ['README.md', ...globSync('docs/**/*.md').sort()].map(readPage);

export function readPage(path: string): Page {
  return { path, text: readFileSync(path, 'utf8') };
}
