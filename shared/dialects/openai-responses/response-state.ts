import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatEvent, UsageEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import type { ChatRequest } from '../../chat/request.ts';
import type { EventSink } from './event-sink.ts';
import { type ResponseFailure, writeFailure } from './failure.ts';
import type { ResponsesOptions } from './options.ts';
import { OutputItems } from './output-items.ts';
import type { ResponseFrame } from './response-frame.ts';
import { estimateUsage, writeUsage } from './usage.ts';

export type ResponseStatus = 'queued' | 'in_progress' | 'completed' | 'incomplete' | 'failed' | 'cancelled';

/** A response as clients see it. */
export interface ResponseObject extends ResponseFrame {
  readonly status: ResponseStatus;
}

/** What all answers of one request are written with. */
export interface ResponsePlan {
  readonly request: ChatRequest;
  readonly options: ResponsesOptions;
}

const incompleteReasons = { length: 'max_output_tokens', 'content-filter': 'content_filter' } as const;

/** One response on its way from nothing to its end. */
export class ResponseState {
  readonly #frame: ResponseFrame;
  readonly #request: ChatRequest;
  readonly #items: OutputItems;
  #usage: UsageEvent | undefined;
  #finishReason: FinishReason | undefined;
  #failure: ResponseFailure | undefined;
  #completedAt: number | undefined;

  constructor(frame: ResponseFrame, { request, options }: ResponsePlan, sink: EventSink) {
    this.#frame = frame;
    this.#request = request;
    this.#items = new OutputItems(frame.id, options, sink);
  }

  write(events: readonly ChatEvent[]): void {
    for (const event of events) {
      this.#items.write(event);
      if (event.type === 'usage') this.#usage = event;
      if (event.type !== 'finish') continue;
      this.#finishReason = event.reason;
      this.#completedAt = Math.floor(Date.now() / 1000);
    }
  }

  fail(error: GatewayError): void {
    this.#failure = writeFailure(error);
  }

  get status(): ResponseStatus {
    if (this.#failure !== undefined) return 'failed';
    if (this.#finishReason === undefined) return 'in_progress';
    return isIncomplete(this.#finishReason) ? 'incomplete' : 'completed';
  }

  /** The response before anything was said, for the events that only tell of its life. */
  begun(status: ResponseStatus): ResponseObject {
    return writeResponse(this.#frame, { status, output: [] });
  }

  /** The response as it is now. */
  response(): ResponseObject {
    const { status } = this;
    const output = this.#items.snapshot();
    const reason = this.#finishReason;
    const counted = this.#usage?.usage ?? (status === 'failed' ? undefined : estimateUsage(this.#request, output));
    return writeResponse(this.#frame, {
      status,
      output,
      ...(status === 'completed' && { completed_at: this.#completedAt }),
      ...(this.#failure !== undefined && { error: this.#failure }),
      ...(status === 'incomplete' &&
        isIncomplete(reason) && { incomplete_details: { reason: incompleteReasons[reason] } }),
      ...(counted !== undefined && { usage: writeUsage(counted) }),
    });
  }
}

function isIncomplete(reason: FinishReason | undefined): reason is keyof typeof incompleteReasons {
  return reason === 'length' || reason === 'content-filter';
}

function writeResponse(
  frame: ResponseFrame,
  state: { readonly status: ResponseStatus; readonly [field: string]: unknown },
): ResponseObject {
  return { completed_at: null, error: null, incomplete_details: null, usage: null, ...frame, ...state };
}
