import type { IncomingMessage } from 'node:http';

/** One piece of work on its way through one execution environment, and what becomes of it. */
export interface Work {
  readonly id: string;
  /** The event as the Runtime API hands it over. */
  readonly event: string;
  /** The body of `POST /invocation/{id}/response` in streaming mode. */
  stream(request: IncomingMessage): void;
  /** The body of `POST /invocation/{id}/response` in buffered mode. */
  buffered(body: string): void;
  /** `POST /invocation/{id}/error`. @param body of the form `{ errorType, errorMessage }`. */
  failed(errorType: string, body: string): void;
  timeOut(seconds: number): void;
  /** What the function itself could not tell: its environment ended, or never began. @param reason for the log. */
  fail(reason: string): void;
}
