import type { IncomingMessage } from 'node:http';
import { FetchRefusal } from './fetch-refusal.ts';
import { megabytes } from './limits.ts';

/**
 * Reads a whole body.
 *
 * @param limit bytes; a body that says, or turns out, to be larger closes the connection.
 * @throws FetchRefusal when it is too large; the network's error when it breaks off.
 */
export async function readLimited(response: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () => new FetchRefusal(`is larger than ${megabytes(limit)}.`);
  const pieces: Buffer[] = [];
  let length = 0;
  if (Number(response.headers['content-length']) > limit) {
    response.destroy();
    throw tooLarge();
  }
  for await (const piece of response) {
    length += piece.length;
    // Leaving the loop early closes the connection.
    if (length > limit) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}
