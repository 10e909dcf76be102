import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';

const compress = promisify(deflateRaw);
const decompress = promisify(inflateRaw);

/** Bytes of text that fit into an item of 400 KB, even when they can't be compressed: base64 makes them a third longer. */
const chunkBytes = 192 * 1024;

/** Bytes that are packed sooner than another thread would have begun. */
const smallBytes = 8 * 1024;

/** Cuts a text into chunks that each fit into an item. At least one, which may be empty. */
export function chunksOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += chunkBytes) {
    chunks.push(bytes.subarray(start, start + chunkBytes));
  }
  return chunks;
}

export async function pack(chunk: Buffer): Promise<string> {
  if (chunk.length === 0) return '';
  const packed = chunk.length <= smallBytes ? deflateRawSync(chunk) : await compress(chunk);
  return packed.toString('base64');
}

/** Puts chunks together again, one after the other. A character may lie in two of them. */
export class Unpacker {
  readonly #decoder = new StringDecoder('utf8');

  /** @throws Error when it was not packed by `pack`. */
  async text(packed: string): Promise<string> {
    if (packed === '') return '';
    const bytes = Buffer.from(packed, 'base64');
    return this.#decoder.write(bytes.length <= smallBytes ? inflateRawSync(bytes) : await decompress(bytes));
  }
}
