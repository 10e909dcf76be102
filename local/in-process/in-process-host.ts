import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { type DeployedName, type FunctionName, functions, type WorkerName } from '../../shared/routes.ts';
import type { Answer } from '../front-door/answer.ts';
import type { FunctionHost } from '../front-door/function-host.ts';
import { WorkerError } from '../workers/worker-error.ts';
import { installAwslambda } from './awslambda-global.ts';
import { InvocationContext } from './invocation-context.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { ResponseStream } from './response-stream.ts';
import { runWorker } from './run-worker.ts';

/** How long `close` waits for handlers whose clients are gone. */
const graceMilliseconds = 2000;

let instances = 0;

/** Runs all functions in this process, many requests at once: what a home server wants. */
export class InProcessHost implements FunctionHost {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  readonly #instance = ++instances;
  readonly #handlers = new Map<DeployedName, Handler>();
  readonly #running = new Set<Promise<unknown>>();

  /** @param folder holds `<name>/index.mjs`. `process.env` must be what the functions are to see. */
  constructor(folder: string, log: (line: string) => void) {
    this.#folder = folder;
    this.#log = log;
    installAwslambda();
  }

  /** Imports a function's bundle before its first request. */
  async preload(name: DeployedName): Promise<Handler> {
    const handler = await loadHandler(this.#folder, name, this.#instance);
    this.#handlers.set(name, handler);
    return handler;
  }

  invoke(name: FunctionName, event: LambdaFunctionURLEvent, answer: Answer): void {
    const running: Promise<void> = this.#run(name, event, answer).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  call(name: WorkerName, event: unknown): Promise<unknown> {
    const result = this.#handler(name).then(
      (handler) => runWorker(name, handler, event),
      (error: unknown) => {
        throw new WorkerError('Runtime.ImportModuleError', String(error));
      },
    );
    const settled: Promise<unknown> = result.catch(() => {}).finally(() => this.#running.delete(settled));
    this.#running.add(settled);
    return result;
  }

  async close(): Promise<void> {
    const { promise: grace, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, graceMilliseconds);
    await Promise.race([Promise.all(this.#running), grace]);
    clearTimeout(timer);
  }

  async #handler(name: DeployedName): Promise<Handler> {
    return this.#handlers.get(name) ?? this.preload(name);
  }

  /** Never rejects. */
  async #run(name: FunctionName, event: LambdaFunctionURLEvent, answer: Answer): Promise<void> {
    const { requestId } = event.requestContext;
    try {
      const handler = await this.#handler(name);
      const stream = new ResponseStream(answer);
      await handler(event, stream, new InvocationContext(name, requestId));
      if (!stream.writableEnded) this.#abandon(name, answer);
      else if (!stream.written)
        this.#log(`${requestId} ${name} ended without a write: AWS would lose its status and headers`);
    } catch (error) {
      this.#log(`${requestId} ${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      answer.fail(502, 'Internal Server Error');
    }
  }

  /** Lambda waits for the stream's end until the time-out, also when the handler has returned. */
  #abandon(name: FunctionName, answer: Answer): void {
    const expiry = setTimeout(() => answer.fail(504, 'Gateway Timeout'), functions[name].timeoutSeconds * 1000);
    answer.onClose(() => clearTimeout(expiry));
  }
}
