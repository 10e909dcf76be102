import type { WholeWriter } from '../../chat/dialect.ts';
import type { ChatEvent } from '../../chat/event.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { silentSink } from './event-sink.ts';
import type { ResponseFrame } from './response-frame.ts';
import { type ResponseObject, type ResponsePlan, ResponseState } from './response-state.ts';

/** Gathers an answer into one response. */
export class ResponsesWholeWriter implements WholeWriter {
  readonly #state: ResponseState;

  constructor(frame: ResponseFrame, plan: ResponsePlan) {
    this.#state = new ResponseState(frame, plan, silentSink);
  }

  write(events: readonly ChatEvent[]): void {
    this.#state.write(events);
  }

  /** @throws TruncatedAnswerError when the answer never finished. */
  body(): ResponseObject {
    if (this.#state.status === 'in_progress') {
      throw unfinishedAnswer();
    }
    return this.response();
  }

  /** The response as it is now. */
  response(): ResponseObject {
    return this.#state.response();
  }
}
