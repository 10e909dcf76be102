import type { StreamWriter } from '../../chat/dialect.ts';
import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatEvent } from '../../chat/event.ts';
import { writeOpenAiError } from '../openai-chat/error-body.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { EventStream } from './event-stream.ts';
import type { ResponseFrame } from './response-frame.ts';
import { type ResponseObject, type ResponsePlan, ResponseState } from './response-state.ts';

/** Writes a streamed response as its events (client-apis C.1). */
export class ResponsesStreamWriter implements StreamWriter {
  readonly #stream = new EventStream();
  readonly #state: ResponseState;

  constructor(frame: ResponseFrame, plan: ResponsePlan) {
    this.#state = new ResponseState(frame, plan, this.#stream);
  }

  open(): string {
    const response = this.#state.begun('in_progress');
    this.#stream.tell('created', { response });
    this.#stream.tell('in_progress', { response });
    return this.#stream.take();
  }

  write(events: readonly ChatEvent[]): string {
    this.#state.write(events);
    return this.#stream.take();
  }

  /** Codex counts this one as a sign of life, and no comment (clients §5). */
  idle(): string {
    this.#stream.tell('in_progress', { response: this.#state.begun('in_progress') });
    return this.#stream.take();
  }

  close(): string {
    const { status } = this.#state;
    if (status === 'in_progress') {
      return this.fail(unfinishedAnswer());
    }
    this.#stream.tell(status, { response: this.response() });
    return this.#stream.take();
  }

  /**
   * Two events, because no single one is noticed everywhere: `error` makes the SDKs throw, `response.failed` is what
   * Codex reads, with the code that tells it whether to try again.
   */
  fail(error: GatewayError): string {
    this.#state.fail(error);
    const told = writeOpenAiError(error);
    const { code, message, param } = told.error;
    this.#stream.event('error', { code, message, param, ...told });
    this.#stream.tell('failed', { response: this.response() });
    return this.#stream.take();
  }

  /** The response as it is now. */
  response(): ResponseObject {
    return this.#state.response();
  }
}
