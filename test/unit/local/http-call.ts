import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface CallResult {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly text: string;
}

/** Begins a request and resolves with the head of its answer. */
export function openCall(
  url: string,
  { method = 'GET', headers = {}, body }: CallOptions = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request(url, { method, headers }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Makes a request and reads its answer whole. */
export async function call(url: string, options: CallOptions = {}): Promise<CallResult> {
  const response = await openCall(url, options);
  const body = await buffer(response);
  return { status: response.statusCode ?? 0, headers: response.headers, body, text: body.toString('utf8') };
}
