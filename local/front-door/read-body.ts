import type { IncomingMessage } from 'node:http';

const nothing = Buffer.alloc(0);

/**
 * Reads a request's body whole, as Lambda does before it invokes.
 *
 * @param limit bytes.
 * @param done gets the body, `'too-large'` as soon as that is sure, or `'aborted'` when the client left before its end.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  done: (result: Buffer | 'too-large' | 'aborted') => void,
): void {
  const { 'content-length': declared, 'transfer-encoding': encoding } = request.headers;
  if (declared === undefined && encoding === undefined) {
    done(nothing);
    return;
  }
  if (Number(declared) > limit) {
    request.resume();
    done('too-large');
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) {
      chunks.push(chunk);
      return;
    }
    // The rest is read and thrown away, or the client would not come to read the answer.
    settle('too-large');
    request.resume();
  };
  const settle = (result: Buffer | 'too-large' | 'aborted') => {
    request.off('data', collect).off('end', end).off('close', abort);
    // The listener for errors stays, and what it can reach stays with it.
    chunks.length = 0;
    done(result);
  };
  const end = () => settle(chunks.length === 1 ? (chunks[0] ?? nothing) : Buffer.concat(chunks, size));
  const abort = () => settle('aborted');
  request.on('data', collect).on('end', end).on('close', abort).on('error', abort);
}
