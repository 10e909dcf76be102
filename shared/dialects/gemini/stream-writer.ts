import type { AnswerIdentity, StreamWriter } from '../../chat/dialect.ts';
import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import type { Usage } from '../../chat/usage.ts';
import { mediaMarkdown } from '../openai-chat/media-markdown.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { finishedAnswer } from './answer-end.ts';
import { type AnswerFrame, makeAnswerFrame } from './answer-frame.ts';
import { writeGeminiError } from './error-body.ts';
import { GatheredCall } from './gathered-call.ts';
import { Grounding } from './grounding.ts';
import type { GeminiOptions } from './options.ts';
import { makeFraming, type RecordFraming } from './record-framing.ts';

const noText = { text: '' };

/** Writes a streamed answer as chunks of candidates. A piece of text costs one `JSON.stringify` of that piece. */
export class GeminiStreamWriter implements StreamWriter {
  readonly contentType: string;
  readonly #identity: AnswerIdentity;
  readonly #options: GeminiOptions;
  readonly #framing: RecordFraming;
  readonly #frame: AnswerFrame;
  readonly #grounding = new Grounding();
  #call: GatheredCall | undefined;
  #hasText = false;
  #reason: FinishReason | undefined;
  #usage: Usage | undefined;

  constructor(identity: AnswerIdentity, options: GeminiOptions) {
    this.#identity = identity;
    this.#options = options;
    this.#framing = makeFraming(options.streamForm);
    this.#frame = makeAnswerFrame(identity);
    this.contentType = this.#framing.contentType;
  }

  /** The protocol has no head: the first chunk is like any other. */
  open(): string {
    return '';
  }

  write(events: readonly ChatEvent[]): string {
    let output = '';
    for (const event of events) output += this.#event(event);
    return output;
  }

  idle(): string {
    return this.#framing.record(this.#frame.chunkOf(noText));
  }

  close(): string {
    if (this.#reason === undefined) {
      return this.fail(unfinishedAnswer());
    }
    const closing = this.#text(this.#grounding.closingText(this.#options.searchInfoMode));
    const end = { reason: this.#reason, grounding: this.#grounding, usage: this.#usage };
    const last = JSON.stringify(finishedAnswer(this.#identity, [noText], end));
    return closing + this.#framing.record(last) + this.#framing.end;
  }

  /** The error is what tells: the SDK takes a stream that just stops for a good one (clients §3). */
  fail(error: GatewayError): string {
    return this.#framing.record(JSON.stringify(writeGeminiError(error))) + this.#framing.brokenEnd;
  }

  #event(event: ChatEvent): string {
    switch (event.type) {
      case 'text-delta':
        return this.#text(event.text);
      case 'reasoning-delta':
        return this.#thought(event.text);
      case 'image':
      case 'video':
        return this.#text(mediaMarkdown(event, this.#hasText));
      case 'tool-call-start':
        this.#call = new GatheredCall(event);
        return '';
      case 'tool-call-delta':
        this.#call?.add(event.text);
        return '';
      case 'tool-call-end':
        return this.#endCall();
      // Only OpenAI's responses have a tool that such pictures come by.
      case 'picture-call-start':
      case 'picture-call-end':
      case 'start':
        return '';
      case 'sources':
        this.#grounding.add(event.sources);
        return '';
      case 'usage':
        this.#usage = event.usage;
        return '';
      case 'finish':
        this.#reason = event.reason;
        return '';
    }
  }

  #text(text: string): string {
    if (text === '') return '';
    this.#hasText = true;
    return this.#framing.record(this.#frame.textHead + JSON.stringify(text) + this.#frame.textTail);
  }

  #thought(text: string): string {
    if (text === '' || !this.#options.includeThoughts) return '';
    return this.#framing.record(this.#frame.thoughtHead + JSON.stringify(text) + this.#frame.textTail);
  }

  #endCall(): string {
    const part = this.#call?.part();
    this.#call = undefined;
    return part === undefined ? '' : this.#framing.record(this.#frame.chunkOf(part));
  }
}
