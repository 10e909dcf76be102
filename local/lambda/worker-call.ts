import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { isRecord } from '../is-record.ts';
import { WorkerError } from '../workers/worker-error.ts';
import type { Work } from './work.ts';

/** A call of a worker: somebody waits for its whole result. */
export class WorkerCall implements Work {
  readonly id = randomUUID();
  readonly event: string;
  /** Rejects with a WorkerError. */
  readonly result: Promise<unknown>;
  readonly #log: (line: string) => void;
  readonly #settle: PromiseWithResolvers<unknown>;

  constructor(event: unknown, log: (line: string) => void) {
    this.event = JSON.stringify(event ?? null);
    this.#log = log;
    this.#settle = Promise.withResolvers();
    this.result = this.#settle.promise;
  }

  stream(request: IncomingMessage): void {
    text(request).then(
      () => this.fail('streams, which nobody who calls a worker can read'),
      () => {},
    );
  }

  buffered(body: string): void {
    this.#settle.resolve(JSON.parse(body));
  }

  failed(errorType: string, body: string): void {
    this.#log(`${this.id} failed: ${errorType}`);
    this.#settle.reject(new WorkerError(errorType, messageOf(body)));
  }

  timeOut(seconds: number): void {
    const message = `Task timed out after ${seconds} seconds`;
    this.#log(`${this.id} ${message}`);
    this.#settle.reject(new WorkerError('Sandbox.Timedout', message));
  }

  fail(reason: string): void {
    this.#log(`${this.id} ${reason}`);
    this.#settle.reject(new WorkerError('Runtime.ExitError', reason));
  }
}

function messageOf(body: string): string {
  const described: unknown = JSON.parse(body);
  return isRecord(described) && typeof described.errorMessage === 'string' ? described.errorMessage : '';
}
