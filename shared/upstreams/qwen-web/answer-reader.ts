import {
  ContentFilterError,
  EmptyAnswerError,
  StalledAnswerError,
  TruncatedAnswerError,
  UpstreamUnavailableError,
} from '../../chat/errors/answer-faults.ts';
import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import { AnswerBatch } from './answer-batch.ts';
import { classifyFault, classifyResponse } from './classify-error.ts';
import { DeltaReader } from './delta-reader.ts';
import { isJsonObject, type JsonObject, listField, objectField, parseJson, textField } from './json-fields.ts';
import { createFrameLift, type LiftedFrame } from './lift-frame.ts';
import type { LineSink } from './sse-lines.ts';
import { faultOfObject, faultOfText, findFault, type UpstreamFault } from './upstream-fault.ts';

/**
 * Reads the frames of one answer (qwen-web §4.3) into events. It is fed line by line; `take` gives the events that have
 * come together. It never throws: what breaks the answer is told by `failure`, after the events before it.
 */
export class AnswerReader implements LineSink {
  readonly #chatId: string;
  readonly #batch = new AnswerBatch();
  readonly #deltas = new DeltaReader(this.#batch);
  #lift: ((payload: string) => LiftedFrame | undefined) | undefined;
  #responseId: string | undefined;
  #isCreated = false;
  #isFinished = false;
  #isRefused = false;
  #failure: GatewayError | undefined;
  /** An end that may be followed by more, as counts after OpenAI's `finish_reason`. */
  #softEnd: FinishReason | undefined;

  /** @param chatId the chat that was asked; the stream's own word goes before it. */
  constructor(chatId: string) {
    this.#chatId = chatId;
  }

  /** The id of the answer that is followed, once it is known. */
  get responseId(): string | undefined {
    return this.#responseId;
  }

  /** Whether the answer has ended well. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Why the answer can't be finished. */
  get failure(): GatewayError | undefined {
    return this.#failure;
  }

  /** Whether the upstream has ended the answer itself, well or not. A connection that broke says nothing of that. */
  get isOver(): boolean {
    return this.#isFinished || this.#isRefused;
  }

  /** @returns the events that came since the last call. */
  take(): readonly ChatEvent[] {
    return this.#batch.take();
  }

  data(payload: string, isErrorEvent: boolean): void {
    if (this.#isFinished || this.#failure !== undefined) return;
    const lifted = isErrorEvent ? undefined : this.#lift?.(payload);
    if (lifted === undefined) {
      this.#document(payload.trim(), isErrorEvent);
      return;
    }
    this.#deltas.answerText(lifted.text);
    this.#batch.usage(lifted.usage);
  }

  bare(line: string): void {
    if (this.#isFinished || this.#failure !== undefined) return;
    this.#fail(classifyResponse({ status: 200, headers: {}, body: line }));
  }

  /**
   * The connection has ended.
   *
   * @param cause what broke it; none when it was closed in order.
   */
  close(cause?: GatewayError): void {
    if (this.#isFinished || this.#failure !== undefined) return;
    if (this.#softEnd !== undefined) {
      this.#finish(this.#softEnd);
      return;
    }
    this.#batch.flush();
    const wasBroken = cause instanceof UpstreamUnavailableError && !(cause instanceof StalledAnswerError);
    if (cause !== undefined && !(wasBroken && this.#batch.hasVisible)) {
      this.#failure = cause;
    } else if (this.#batch.hasVisible) {
      this.#failure = new TruncatedAnswerError('The upstream broke off before the answer was finished.', { cause });
    } else {
      this.#failure = new EmptyAnswerError('The upstream accepted the request and answered nothing.');
    }
  }

  #document(text: string, isErrorEvent: boolean): void {
    if (text === '[DONE]') {
      this.#finish(this.#softEnd ?? 'stop');
      return;
    }
    const frame = parseJson(text);
    const fault = isErrorEvent ? faultOfErrorEvent(frame, text) : findFault(frame);
    if (fault !== undefined) this.#refuse(fault);
    else if (isJsonObject(frame)) this.#frame(frame);
  }

  #frame(frame: JsonObject): void {
    const created = objectField(frame, 'response.created');
    if (created !== undefined) {
      this.#created(created);
    } else if (frame.done === true || frame['response.stopped'] !== undefined) {
      this.#finish(this.#softEnd ?? 'stop');
    } else if (this.#isFollowed(textField(frame, 'response_id'))) {
      const usage = objectField(frame, 'usage');
      if (usage !== undefined) this.#batch.usage(usage);
      const choice = listField(frame, 'choices')?.[0];
      if (isJsonObject(choice)) this.#choice(choice);
    }
  }

  /** A second answer can share the stream: only the one with index 0 is followed. */
  #created(created: JsonObject): void {
    this.#isCreated = true;
    const index = created.response_index ?? '0';
    const responseId = textField(created, 'response_id');
    if (String(index) === '0' && responseId !== undefined && this.#responseId === undefined) {
      this.#follow(responseId, textField(created, 'chat_id'));
    }
  }

  #isFollowed(responseId: string | undefined): boolean {
    if (responseId === undefined || responseId === this.#responseId) return true;
    if (this.#responseId !== undefined || this.#isCreated) return false;
    this.#follow(responseId, undefined);
    return true;
  }

  #follow(responseId: string, chatId: string | undefined): void {
    this.#responseId = responseId;
    this.#lift = createFrameLift(responseId);
    this.#batch.add({ type: 'start', chatId: chatId ?? this.#chatId, responseId });
  }

  #choice(choice: JsonObject): void {
    const delta = objectField(choice, 'delta');
    const outcome = delta === undefined ? 'more' : this.#deltas.read(delta);
    if (outcome === 'finished') this.#finish('stop');
    else if (outcome === 'maybe-finished') this.#softEnd = 'stop';
    else if (outcome !== 'more') this.#refuse(outcome);
    const finishReason = textField(choice, 'finish_reason');
    if (finishReason !== undefined) this.#softEnd = readFinishReason(finishReason);
  }

  #refuse(fault: UpstreamFault): void {
    this.#fail(classifyFault(fault, 200));
  }

  #fail(error: GatewayError): void {
    this.#isRefused = true;
    this.#batch.flush();
    // The rest of an answer withheld is an end of its own; a whole answer withheld is a refusal.
    if (error instanceof ContentFilterError && this.#batch.hasVisible) this.#finish('content-filter');
    else this.#failure = error;
  }

  #finish(reason: FinishReason): void {
    this.#isFinished = true;
    this.#batch.finish(reason);
  }
}

function faultOfErrorEvent(frame: unknown, text: string): UpstreamFault {
  return findFault(frame) ?? (isJsonObject(frame) ? faultOfObject(frame) : faultOfText(text));
}

function readFinishReason(reason: string): FinishReason {
  if (reason === 'length') return 'length';
  return reason === 'content_filter' ? 'content-filter' : 'stop';
}
