import type { Dispatcher } from 'undici';
import { ResponseBody } from './response-body.ts';
import type { UpstreamResponse } from './transport.ts';

/** Follows one call through undici, from its start to the end of its answer's body. */
export class Exchange implements Dispatcher.DispatchHandler {
  /** Resolves as soon as the head of the answer is there; rejects when the call breaks before, or is aborted. */
  readonly response: Promise<UpstreamResponse>;
  readonly #signal: AbortSignal;
  readonly #begin: (response: UpstreamResponse) => void;
  readonly #refuse: (error: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #body: ResponseBody | undefined;

  /** @param signal aborting it breaks the call, also in the middle of the body. */
  constructor(signal: AbortSignal) {
    const { promise, resolve, reject } = Promise.withResolvers<UpstreamResponse>();
    this.response = promise;
    this.#begin = resolve;
    this.#refuse = reject;
    this.#signal = signal;
    if (signal.aborted) this.#abort();
    else signal.addEventListener('abort', this.#abort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) controller.abort(this.#signal.reason);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // 1xx is not the answer yet.
    if (status < 200) return;
    this.#body = new ResponseBody(controller);
    this.#begin({ status, headers, body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  readonly #abort = () => {
    const { reason } = this.#signal;
    this.#fail(reason);
    this.#controller?.abort(reason);
  };

  #fail(error: Error): void {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#body === undefined) this.#refuse(error);
    else this.#body.end(error);
  }
}
