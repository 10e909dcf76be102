import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../store/listen-on-loopback.ts';
import type { Work } from './work.ts';

/** What an execution environment tells its host. */
export interface RuntimeEvents {
  /** It asks for work. @param maxRssKilobytes its greatest memory so far, when it tells. */
  ready(maxRssKilobytes: number | undefined): void;
  /** Its code could not be loaded. */
  initFailed(error: string): void;
}

/**
 * The server end of the Lambda Runtime API for one execution environment: `AWS_LAMBDA_RUNTIME_API` has no room for more
 * than an address, so that every environment has its own port.
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #events: RuntimeEvents;
  readonly #functionArn: string;
  #waiting: ServerResponse | undefined;
  #invocation: Work | undefined;

  constructor(functionName: string, events: RuntimeEvents) {
    this.#events = events;
    this.#functionArn = `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`;
    this.#server = createServer((request, response) => this.#serve(request, response));
    // A function may be silent for as long as its time-out allows.
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 0;
  }

  /** @returns the address in the form of AWS_LAMBDA_RUNTIME_API. */
  async listen(): Promise<string> {
    return `127.0.0.1:${await listenOnLoopback(this.#server, 0)}`;
  }

  /** Hands work to the environment, which must have asked for it. @param deadline epoch milliseconds. */
  deliver(invocation: Work, deadline: number): void {
    const waiting = this.#waiting;
    if (waiting === undefined) throw new Error('The environment is not waiting for work.');
    this.#waiting = undefined;
    this.#invocation = invocation;
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(deadline),
      'lambda-runtime-invoked-function-arn': this.#functionArn,
      'lambda-runtime-trace-id': `Root=1-00000000-${invocation.id.replaceAll('-', '').slice(0, 24)}`,
    });
    waiting.end(invocation.event);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    // The environment was killed while it answered; its host has noticed.
    request.on('error', () => {});
    const [, , , subject = '', id = '', verb = ''] = (request.url ?? '').split('/');
    if (subject === 'init') {
      void text(request).then((body) => {
        accept(response);
        this.#events.initFailed(body);
      }, ignore);
    } else if (id === 'next') {
      this.#waiting = response;
      const kilobytes = Number(request.headers['x-max-rss-kilobytes']);
      this.#events.ready(Number.isFinite(kilobytes) ? kilobytes : undefined);
    } else if (id === this.#invocation?.id) {
      this.#takeAnswer(this.#invocation, verb, request, response);
    } else {
      request.resume();
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"errorType":"InvalidRequestID"}');
    }
  }

  #takeAnswer(invocation: Work, verb: string, request: IncomingMessage, response: ServerResponse): void {
    if (verb === 'response' && request.headers['lambda-runtime-function-response-mode'] === 'streaming') {
      invocation.stream(request);
      request.on('end', () => accept(response));
      return;
    }
    void text(request).then((body) => {
      if (verb === 'response') invocation.buffered(body);
      else invocation.failed(String(request.headers['lambda-runtime-function-error-type'] ?? 'Error'), body);
      accept(response);
    }, ignore);
  }
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
}

function ignore(): void {}
