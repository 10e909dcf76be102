import type { AnswerIdentity, WholeWriter } from '../../chat/dialect.ts';
import type { ChatEvent, FinishEvent } from '../../chat/event.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { AnswerSources } from '../openai-chat/answer-sources.ts';
import { mediaMarkdown } from '../openai-chat/media-markdown.ts';
import { unfinishedAnswer } from '../unfinished-answer.ts';
import { AnswerUsage } from './answer-usage.ts';
import { writeCitations } from './citations.ts';
import { messageHead } from './message-head.ts';
import type { AnthropicOptions } from './options.ts';
import { writeStop } from './stop-reason.ts';
import { WholeContent } from './whole-content.ts';

/** Gathers an answer into one message. */
export class AnthropicWholeWriter implements WholeWriter {
  readonly #identity: AnswerIdentity;
  readonly #options: AnthropicOptions;
  readonly #usage: AnswerUsage;
  readonly #content: WholeContent;
  readonly #sources = new AnswerSources();
  #finish: FinishEvent | undefined;

  constructor(identity: AnswerIdentity, options: AnthropicOptions, request: ChatRequest) {
    this.#identity = identity;
    this.#options = options;
    this.#usage = new AnswerUsage(request);
    this.#content = new WholeContent(identity);
  }

  write(events: readonly ChatEvent[]): void {
    for (const event of events) this.#event(event);
  }

  /** @throws TruncatedAnswerError when the answer never finished, ToolCallInvalidError when a call can't be read. */
  body(): object {
    if (this.#finish === undefined) {
      throw unfinishedAnswer();
    }
    this.#addText(this.#sources.closingText(this.#options.searchInfoMode));
    return {
      ...messageHead(this.#identity),
      content: this.#content.blocks(writeCitations(this.#sources.annotations())),
      ...writeStop(this.#finish),
      usage: this.#usage.body(),
    };
  }

  #event(event: ChatEvent): void {
    switch (event.type) {
      case 'text-delta':
        this.#addText(event.text);
        break;
      case 'reasoning-delta':
        this.#addReasoning(event.text);
        break;
      case 'image':
      case 'video':
        this.#addText(mediaMarkdown(event, this.#sources.hasText));
        break;
      case 'tool-call-start':
        this.#content.toolBegin(event);
        break;
      case 'tool-call-delta':
        this.#usage.follow(event.text);
        this.#content.toolPiece(event.text);
        break;
      case 'tool-call-end':
        this.#content.toolEnd();
        break;
      case 'sources':
        this.#sources.add(event.sources);
        break;
      case 'usage':
        this.#usage.tell(event.usage);
        break;
      case 'finish':
        this.#finish = event;
    }
  }

  #addText(text: string): void {
    if (text === '') return;
    this.#sources.follow(text);
    this.#usage.follow(text);
    this.#content.text(text);
  }

  #addReasoning(text: string): void {
    if (text === '') return;
    this.#usage.follow(text);
    if (this.#options.thinking !== 'none') this.#content.thinking(this.#options.thinking === 'shown' ? text : '');
  }
}
