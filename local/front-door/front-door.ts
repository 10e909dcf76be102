import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ConsoleFiles } from '../console/console-files.ts';
import { serveConsole } from '../console/serve-console.ts';
import { LocalRuntimeError } from '../local-runtime-error.ts';
import { Answer } from './answer.ts';
import type { FunctionHost } from './function-host.ts';
import { functionUrlEvent, isTextBody } from './function-url-event.ts';
import { readBody } from './read-body.ts';
import type { RequestRecord } from './request-line.ts';
import type { Router } from './router.ts';

/** Lambda takes events up to 6 MB. What is no text is in them as base64, which takes four bytes for three. */
const textLimit = 6 * 1024 * 1024;
const binaryLimit = (textLimit / 4) * 3;
/** What Lambda says, and beside it what it does not: the way for large files. */
const tooLarge = {
  message: 'Request Entity Too Large',
  error: {
    message:
      'The body is larger than a function takes: 6 MB of text, or 4.5 MB of anything else. Send files in parts ' +
      '(POST /v1/uploads), or past the functions (POST /api/files/sign).',
    type: 'request_too_large',
    param: null,
    code: 'request_too_large',
  },
} as const;

export interface FrontDoorOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly route: Router;
  readonly functions: Pick<FunctionHost, 'invoke'>;
  /** Pages that are served beside the functions. */
  readonly consoleFiles?: ConsoleFiles;
  /** Called once per request, when its connection is done with it. */
  readonly onRequest: (record: RequestRecord) => void;
}

export interface FrontDoor {
  readonly url: string;
  /** Stops listening and cuts what is still open. */
  close(): Promise<void>;
}

/**
 * Serves every function's URL on one address.
 *
 * @throws LocalRuntimeError when the port is taken.
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const server = createServer((request, response) => serve(request, response, options));
  // Clients keep connections for a minute or so; closing first would break the request that they are about to send.
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, options);
  const anywhere = options.host === '0.0.0.0' || options.host === '::';
  const host = anywhere ? '127.0.0.1' : options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serve(request: IncomingMessage, response: ServerResponse, options: FrontDoorOptions): void {
  const requestId = randomUUID();
  const answer = new Answer(response);
  const path = pathOf(request.url);
  watch(request, path, answer, requestId, options.onRequest);
  const invoke = () => invokeFunction(request, answer, requestId, options);
  if (options.consoleFiles === undefined) invoke();
  else serveConsole(options.consoleFiles, request, path, answer, invoke);
}

function invokeFunction(
  request: IncomingMessage,
  answer: Answer,
  requestId: string,
  { route, functions }: FrontDoorOptions,
): void {
  readBody(request, isTextBody(request.headers) ? textLimit : binaryLimit, (body) => {
    if (body === 'aborted') return;
    if (body === 'too-large') return answer.fail(413, tooLarge);
    const event = functionUrlEvent(request, body, requestId);
    functions.invoke(route(event.rawPath), event, answer);
  });
}

function watch(
  request: IncomingMessage,
  path: string,
  answer: Answer,
  requestId: string,
  onRequest: (record: RequestRecord) => void,
): void {
  const startedAt = performance.now();
  // Counting what the socket sent costs nothing per chunk.
  const { socket, method = '' } = request;
  const sentBefore = socket.bytesWritten;
  answer.onClose(() => {
    const { firstByteAt } = answer;
    onRequest({
      id: answer.requestId ?? requestId,
      method,
      path,
      status: firstByteAt === undefined ? undefined : answer.statusCode,
      firstByte: firstByteAt === undefined ? undefined : firstByteAt - startedAt,
      duration: performance.now() - startedAt,
      bytes: socket.bytesWritten - sentBefore,
      ending: answer.ending,
    });
  });
}

/** Without its query. */
function pathOf(url = '/'): string {
  const question = url.indexOf('?');
  return question < 0 ? url : url.slice(0, question);
}

function listen(server: Server, { host, port }: FrontDoorOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new LocalRuntimeError(`Port ${port} is taken. Set PORT to a free one, or to 0 for any.`, { cause: error });
    case 'EACCES':
      return new LocalRuntimeError(`Port ${port} is not allowed for this user. Set PORT to one above 1023.`, {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new LocalRuntimeError(`${host} is no address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`, {
        cause: error,
      });
    default:
      return error;
  }
}
