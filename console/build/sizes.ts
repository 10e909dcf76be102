import { gzipSync } from 'node:zlib';

/** One file that the bundler has made. */
export interface BuiltChunk {
  readonly file: string;
  readonly content: string | Uint8Array;
  /** Files that are loaded with it. */
  readonly imports: readonly string[];
  readonly isEntry: boolean;
  /** The module that it was made for. */
  readonly source: string | undefined;
}

/** Sizes in bytes, compressed as they are on the wire. */
export interface ConsoleSizes {
  readonly files: readonly { readonly file: string; readonly gzipBytes: number }[];
  /** Everything that the first page needs: the app and the page `home`. */
  readonly firstLoad: number;
}

/** As a person waits for it on a slow line: 150 KB for the first page, and not much for each further piece. */
const budgets = { firstLoad: 150_000, file: 80_000 } as const;

/** @throws Error when there is no first page. */
export function measure(chunks: readonly BuiltChunk[]): ConsoleSizes {
  const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
  const sizes = new Map(chunks.map(({ file, content }) => [file, gzipSync(content).length]));
  const begin = chunks.filter(
    ({ file, isEntry, source }) => isEntry || file === 'index.html' || source?.endsWith('/home-page.vue'),
  );
  if (!begin.some(({ isEntry }) => isEntry)) throw new Error('The bundler made no entry');
  const needed = new Set<string>();
  const walk = (file: string): void => {
    if (needed.has(file)) return;
    needed.add(file);
    for (const next of byFile.get(file)?.imports ?? []) walk(next);
  };
  for (const { file } of begin) walk(file);
  const firstLoad = [...needed].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  const files = [...sizes].map(([file, gzipBytes]) => ({ file, gzipBytes }));
  return { files: files.toSorted((one, other) => other.gzipBytes - one.gzipBytes), firstLoad };
}

/** @throws Error naming what is too large. */
export function checkBudget({ files, firstLoad }: ConsoleSizes): void {
  if (firstLoad > budgets.firstLoad) {
    throw new Error(
      `The console's first load is ${kilobytes(firstLoad)}; ${kilobytes(budgets.firstLoad)} is its budget`,
    );
  }
  const large = files.find(({ gzipBytes }) => gzipBytes > budgets.file);
  if (large === undefined) return;
  throw new Error(`${large.file} is ${kilobytes(large.gzipBytes)}; a file may have ${kilobytes(budgets.file)}`);
}

/** The sizes as a table for people, small files together. */
export function formatSizes({ files, firstLoad }: ConsoleSizes): string {
  const [large, small] = [files.filter(isLarge), files.filter((file) => !isLarge(file))];
  const lines = large.map(({ file, gzipBytes }) => line(file, gzipBytes));
  const rest = small.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  return [
    `${'file'.padEnd(44)}${'gzip'.padStart(10)}`,
    ...lines,
    line(`${small.length} smaller ones`, rest),
    `${line('first load', firstLoad)}, of ${kilobytes(budgets.firstLoad)}`,
  ].join('\n');
}

function isLarge({ gzipBytes }: { readonly gzipBytes: number }): boolean {
  return gzipBytes >= 2000;
}

function line(name: string, bytes: number): string {
  return `${name.padEnd(44)}${kilobytes(bytes).padStart(10)}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
