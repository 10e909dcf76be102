import type { IncomingMessage } from 'node:http';

const nothing = Buffer.alloc(0);

/** The whole body of a request. Rejects when the client leaves before it is complete. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) {
    request.resume();
    return Promise.resolve(nothing);
  }
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () =>
      resolve(pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)),
    );
    request.on('error', reject);
  });
}
