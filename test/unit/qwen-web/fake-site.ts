import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

import {
  createQwenWebUpstream,
  type QwenWeb,
  type QwenWebOptions,
} from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';

/** A call as the site saw it. */
export interface SeenCall {
  /** As `POST /api/v2/chats/new`, query included. */
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; `undefined` without a body. */
  readonly body: unknown;
}

/** Answers one call. */
export type Answer = (response: ServerResponse, call: SeenCall) => void;

/** A stand-in for the site, closed when the test ends. */
export interface FakeSite {
  readonly upstream: QwenWeb;
  readonly calls: readonly SeenCall[];
  /** As `127.0.0.1:1234`. */
  readonly address: string;
}

/**
 * Starts a stand-in.
 *
 * @param answers by method and path, without the query; every other call fails the test by its 404.
 */
export async function fakeSite(
  answers: Readonly<Record<string, Answer>>,
  idleSeconds = 600,
  more: Pick<QwenWebOptions, 'proxyUrl'> = {},
): Promise<FakeSite> {
  const calls: SeenCall[] = [];
  const listener: RequestListener = (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString();
      const line = `${request.method} ${request.url}`;
      const call = { line, headers: request.headers, body: text === '' ? undefined : JSON.parse(text) };
      calls.push(call);
      const answer = answers[line.split('?')[0] ?? ''];
      if (answer === undefined) response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      else answer(response, call);
    });
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = addressOf(server.address());
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    upstream: createQwenWebUpstream({ baseUrl, idleSeconds, chatTitle: 'A title', ...more }),
    calls,
    address: `127.0.0.1:${port}`,
  };
}

/** Answers with a status and JSON. */
export function json(value: object | string, status = 200, headers: Record<string, string | string[]> = {}): Answer {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

/** Answers with a web page. */
export function page(body: string, status = 200): Answer {
  return (response) => response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
}

/** Begins an event stream and leaves the rest to the test. */
export function stream(begin: (response: ServerResponse) => void): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    begin(response);
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('the stand-in has no port');
  return address;
}
