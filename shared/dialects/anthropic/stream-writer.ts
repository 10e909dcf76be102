import type { AnswerIdentity, StreamWriter } from '../../chat/dialect.ts';
import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import type { ChatEvent, FinishEvent } from '../../chat/event.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { AnswerSources } from '../openai-chat/answer-sources.ts';
import { mediaMarkdown } from '../openai-chat/media-markdown.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { AnswerUsage } from './answer-usage.ts';
import { writeCitations } from './citations.ts';
import { ContentBlocks } from './content-blocks.ts';
import { writeAnthropicError } from './error-body.ts';
import { eventFrame } from './event-frame.ts';
import { messageHead } from './message-head.ts';
import type { AnthropicOptions } from './options.ts';
import { writeStop } from './stop-reason.ts';

/** Writes a streamed answer as Anthropic's events. */
export class AnthropicStreamWriter implements StreamWriter {
  readonly #identity: AnswerIdentity;
  readonly #options: AnthropicOptions;
  readonly #usage: AnswerUsage;
  readonly #blocks: ContentBlocks;
  readonly #sources = new AnswerSources();
  #begun = false;
  #finish: FinishEvent | undefined;

  constructor(identity: AnswerIdentity, options: AnthropicOptions, request: ChatRequest) {
    this.#identity = identity;
    this.#options = options;
    this.#usage = new AnswerUsage(request);
    this.#blocks = new ContentBlocks(identity);
  }

  /** Nothing yet: the head tells of the input tokens, and the upstream's count comes with the first events. */
  open(): string {
    return '';
  }

  write(events: readonly ChatEvent[]): string {
    if (!this.#begun) for (const event of events) if (event.type === 'usage') this.#usage.tell(event.usage);
    let output = '';
    for (const event of events) output += this.#event(event);
    return output;
  }

  idle(): string {
    return this.#begin() + eventFrame('ping');
  }

  close(): string {
    if (this.#finish === undefined) {
      return this.fail(unfinishedAnswer());
    }
    return [
      this.#begin(),
      this.#text(this.#sources.closingText(this.#options.searchInfoMode)),
      this.#blocks.citations(writeCitations(this.#sources.annotations())),
      this.#blocks.end(),
      eventFrame('message_delta', { delta: writeStop(this.#finish), usage: this.#usage.body() }),
      eventFrame('message_stop'),
    ].join('');
  }

  fail(error: GatewayError): string {
    return `event: error\ndata: ${JSON.stringify(writeAnthropicError(error, this.#identity.requestId))}\n\n`;
  }

  #event(event: ChatEvent): string {
    switch (event.type) {
      case 'text-delta':
        return this.#text(event.text);
      case 'reasoning-delta':
        return this.#reasoning(event.text);
      case 'image':
      case 'video':
        return this.#text(mediaMarkdown(event, this.#sources.hasText));
      case 'tool-call-start':
        return this.#begin() + this.#blocks.toolBegin(event);
      case 'tool-call-delta':
        this.#usage.follow(event.text);
        return this.#blocks.toolPiece(event.text);
      case 'tool-call-end':
        return this.#blocks.end();
      // Only OpenAI's responses have a tool that such pictures come by.
      case 'picture-call-start':
      case 'picture-call-end':
      case 'start':
        return '';
      case 'sources':
        this.#sources.add(event.sources);
        return '';
      case 'usage':
        this.#usage.tell(event.usage);
        return '';
      case 'finish':
        this.#finish = event;
        return '';
    }
  }

  #begin(): string {
    if (this.#begun) return '';
    this.#begun = true;
    const open = { content: [], stop_reason: null, stop_sequence: null, stop_details: null };
    const usage = { ...this.#usage.body(), output_tokens: 0 };
    return eventFrame('message_start', { message: { ...messageHead(this.#identity), ...open, usage } });
  }

  #text(text: string): string {
    if (text === '') return '';
    this.#sources.follow(text);
    this.#usage.follow(text);
    return this.#begin() + this.#blocks.text(text);
  }

  #reasoning(text: string): string {
    if (text === '') return '';
    this.#usage.follow(text);
    if (this.#options.thinking === 'none') return '';
    return (
      this.#begin() + (this.#options.thinking === 'shown' ? this.#blocks.thinking(text) : this.#blocks.thinkingBegin())
    );
  }
}
