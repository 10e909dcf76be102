import { type IncomingMessage, request as send } from 'node:http';
import { request as sendSecurely } from 'node:https';
import { objectStoreUnavailable } from './object-store-errors.ts';

/** A request whose address is signed. */
export interface SignedCall {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Silence after which the bucket counts as lost. */
const idleMilliseconds = 30_000;

/**
 * Sends a request to the bucket.
 *
 * @param signal ends the reading of the answer, too.
 * @returns the answer, to be read to its end or destroyed.
 * @throws ObjectStoreUnavailableError when there is none; the signal's reason when it is aborted.
 */
export async function sendSigned(call: SignedCall, signal?: AbortSignal): Promise<IncomingMessage> {
  const { method, url, headers = {}, body } = call;
  const request = url.startsWith('https:') ? sendSecurely : send;
  signal?.throwIfAborted();
  try {
    return await new Promise((resolve, reject) => {
      // A connection that is kept breaks when the function sleeps between two requests.
      const common = { method, headers, agent: false, timeout: idleMilliseconds };
      const options = { ...common, ...(signal !== undefined && { signal }) };
      const sent = request(url, options, resolve).on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error('The bucket is silent.')));
      sent.end(body);
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw objectStoreUnavailable(error);
  }
}

/** Reads the short answer to its end. @throws ObjectStoreUnavailableError */
export async function readAnswer(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of answer) pieces.push(piece);
  } catch (error) {
    throw objectStoreUnavailable(error);
  }
  return Buffer.concat(pieces).toString();
}
