import type { IncomingMessage } from 'node:http';
import type { Answer } from '../front-door/answer.ts';
import { bareHead, toResponseHead } from '../front-door/response-head.ts';
import { bufferedAnswer } from './buffered-answer.ts';
import { PreludeReader } from './prelude-reader.ts';
import type { Work } from './work.ts';

/** A content type that says: a prelude comes first. */
const integrationType = 'application/vnd.awslambda.http-integration-response';

/** A request to a function's URL: its client gets what comes, as it comes. */
export class Invocation implements Work {
  readonly id: string;
  readonly event: string;
  readonly #answer: Answer;
  readonly #log: (line: string) => void;

  constructor(id: string, event: string, answer: Answer, log: (line: string) => void) {
    this.id = id;
    this.event = event;
    this.#answer = answer;
    this.#log = log;
    answer.onClose(() => {
      if (answer.ending === 'client-left') log(`${id} the client left; the function runs on, as on AWS`);
    });
  }

  stream(request: IncomingMessage): void {
    const contentType = request.headers['content-type'];
    let prelude = contentType === integrationType ? new PreludeReader() : undefined;
    if (prelude === undefined) {
      const headers = contentType === undefined ? bareHead.headers : { 'content-type': contentType };
      this.#answer.setHead({ statusCode: bareHead.statusCode, headers });
    }
    request.on('data', (chunk: Buffer) => {
      if (prelude === undefined) return this.#relay(request, chunk);
      const head = this.#readPrelude(prelude, chunk);
      if (head === undefined) return undefined;
      prelude = undefined;
      return this.#relay(request, head);
    });
    request.on('end', () => this.#finish(request, prelude !== undefined));
  }

  buffered(body: string): void {
    const { head, payload } = bufferedAnswer(body);
    this.#answer.setHead(head);
    this.#answer.write(payload);
    this.#answer.end();
  }

  failed(errorType: string): void {
    this.fail(`failed: ${errorType}`);
  }

  timeOut(seconds: number): void {
    this.#log(`${this.id} Task timed out after ${seconds} seconds`);
    this.#answer.fail(504, 'Gateway Timeout');
  }

  /** The client is told nothing of the reason. */
  fail(reason: string): void {
    this.#log(`${this.id} ${reason}`);
    this.#answer.fail(502, 'Internal Server Error');
  }

  /** @returns the bytes after the prelude, when it is complete. */
  #readPrelude(reader: PreludeReader, chunk: Buffer): Buffer | undefined {
    try {
      const prelude = reader.push(chunk);
      if (prelude !== undefined) this.#answer.setHead(toResponseHead(prelude.metadata));
      return prelude?.rest;
    } catch (error) {
      this.fail(`sent a wrong prelude: ${String(error)}`);
      return undefined;
    }
  }

  #relay(request: IncomingMessage, chunk: Buffer): void {
    if (this.#answer.write(chunk) || this.#answer.ending !== 'open') return;
    request.pause();
    this.#answer.onceWritable(() => request.resume());
  }

  #finish(request: IncomingMessage, headMissing: boolean): void {
    const errorType = request.trailers['lambda-runtime-function-error-type'];
    if (errorType !== undefined) this.failed(errorType);
    else if (headMissing) this.fail('ended its stream without a write: status and headers are lost');
    else this.#answer.end();
  }
}
