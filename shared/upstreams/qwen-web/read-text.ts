import type { Readable } from 'node:stream';
import { transportError } from './transport-error.ts';

/**
 * Reads a body as text. Closes the connection when the body is longer than asked for, and gives the part read.
 *
 * @param limitBytes how much of it is wanted at most.
 * @throws UpstreamUnavailableError or StalledAnswerError when the connection breaks.
 */
export async function readText(body: Readable, limitBytes: number, signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      if (!Buffer.isBuffer(piece)) continue;
      pieces.push(piece);
      length += piece.length;
      if (length >= limitBytes) break;
    }
  } catch (error) {
    throw transportError(error, signal);
  }
  return Buffer.concat(pieces).toString('utf8', 0, limitBytes);
}
