import type { ResponseBody } from './response-body.ts';
import { transportError } from './transport-error.ts';

/**
 * Reads a body as text. Closes the connection when the body is longer than asked for, and gives the part read.
 *
 * @param limitBytes how much of it is wanted at most.
 * @throws UpstreamUnavailableError or StalledAnswerError when the connection breaks.
 */
export async function readText(body: ResponseBody, limitBytes: number, signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    while (length < limitBytes) {
      const reads = await body.next();
      if (reads === undefined) break;
      pieces.push(...reads);
      for (const bytes of reads) length += bytes.length;
    }
  } catch (error) {
    throw transportError(error, signal);
  }
  body.close();
  return Buffer.concat(pieces).toString('utf8', 0, limitBytes);
}
