import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A file's bytes as they came, or what is known of them. */
export interface Content {
  /** Bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  /** In base64, as `content-md5` has it. */
  readonly md5: string;
  /** All of them, or only the first when there are too many to be kept. */
  readonly bytes: Buffer;
}

/** Bytes of a file that is kept whole: of what is larger, its length and its hash say enough. */
const keptLimit = 8_000_000;

/** Reads a body of any length with little memory. Rejects when the client leaves before it is complete. */
export async function readContent(request: IncomingMessage): Promise<Content> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  const isLarge = Number(request.headers['content-length']) > keptLimit;
  let kept: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    sha256.update(piece);
    md5.update(piece);
    if (size === 0 || !isLarge) kept.push(piece);
    size += piece.length;
    if (size > keptLimit) kept = kept.slice(0, 1);
  }
  return { size, sha256: sha256.digest('hex'), md5: md5.digest('base64'), bytes: Buffer.concat(kept) };
}

/** Whether all bytes are there. */
export function isWholeContent({ bytes, size }: Content): boolean {
  return bytes.length === size;
}
