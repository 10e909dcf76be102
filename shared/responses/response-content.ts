import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod/mini';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Characters of one row, all of them single bytes: DynamoDB takes 400 KB an item, keys and other attributes included. */
const pieceLength = 300_000;

const contentBody = z.object({
  response: z.looseObject({ id: z.string(), status: z.string() }),
  input: z.array(z.looseObject({})),
  request: z.optional(z.looseObject({})),
});

/** What is kept of a response. */
export interface ResponseContent {
  /** As clients see it. */
  readonly response: { readonly id: string; readonly status: string; readonly [field: string]: unknown };
  /** Every item that the answer was made from, what came before the request included. */
  readonly input: readonly object[];
  /** The body without its input, for an answer that is still to be made. */
  readonly request?: object | undefined;
}

/** Packs content into texts that each fit into a row. At least one. */
export async function packContent(content: ResponseContent): Promise<readonly string[]> {
  const packed = (await compress(JSON.stringify(content))).toString('base64');
  const pieces: string[] = [];
  for (let start = 0; start < packed.length; start += pieceLength) {
    pieces.push(packed.slice(start, start + pieceLength));
  }
  return pieces;
}

/** @throws Error when the pieces are no content. */
export async function unpackContent(pieces: readonly string[]): Promise<ResponseContent> {
  const text = (await decompress(Buffer.from(pieces.join(''), 'base64'))).toString('utf8');
  return z.parse(contentBody, JSON.parse(text));
}
