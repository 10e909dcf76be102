import type { FileKind } from './file-type.ts';

/** Bytes of one file: what the upstream takes of a picture or a document (qwen-web §6.5). */
export const fileLimit = 20_000_000;
/** Bytes of one file of each kind, where it need not be held in memory (qwen-web §6.5). */
export const kindLimits = {
  image: fileLimit,
  document: fileLimit,
  audio: 100_000_000,
  video: 500_000_000,
} as const satisfies Record<FileKind, number>;
/** Bytes of all files of one request, which are held in memory together. */
export const requestLimit = 60_000_000;
/** Media parts of one request. The upstream's own pages stop at 5 pictures, its API has taken more (qwen-web §6.5). */
export const partLimit = 20;
/** How many files of one request are fetched, or uploaded, at once. */
export const atOnce = 3;

/** A number of bytes for people. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 100_000) / 10} MB`;
}
