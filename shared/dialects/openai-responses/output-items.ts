import type { ChatEvent, ImageEvent, SourcesEvent, ToolCallStart, VideoEvent } from '../../chat/event.ts';
import type { FinishReason } from '../../chat/finish-reason.ts';
import type { Source } from '../../chat/source.ts';
import { mediaMarkdown } from '../openai-chat/media-markdown.ts';
import type { EventSink } from './event-sink.ts';
import { type ItemPrefix, itemId } from './item-id.ts';
import { OpenCall } from './open-call.ts';
import { imageFacts, OpenImage } from './open-image.ts';
import type { OpenItem } from './open-item.ts';
import { OpenMessage } from './open-message.ts';
import { OpenReasoning } from './open-reasoning.ts';
import type { ResponsesOptions } from './options.ts';
import type { OutputItem } from './output-item.ts';

/** Turns the events of one answer into the items of its `output`, one after the other, and tells a sink on the way. */
export class OutputItems {
  readonly #responseId: string;
  readonly #options: ResponsesOptions;
  readonly #sink: EventSink;
  readonly #closed: OutputItem[] = [];
  readonly #sources: Source[] = [];
  #open: OpenItem | undefined;

  constructor(responseId: string, options: ResponsesOptions, sink: EventSink) {
    this.#responseId = responseId;
    this.#options = options;
    this.#sink = sink;
  }

  write(event: ChatEvent): void {
    switch (event.type) {
      case 'text-delta':
        this.#text(event.text);
        return;
      case 'reasoning-delta':
        this.#reasoning(event.text);
        return;
      case 'image':
      case 'video':
        this.#media(event);
        return;
      case 'picture-call-start':
        this.#open = new OpenImage(this.#next('ig'), this.#closed.length, this.#sink);
        return;
      case 'picture-call-end':
        if (this.#open instanceof OpenImage) this.#open.show(imageFacts(event.picture));
        this.#close('completed');
        return;
      case 'sources':
        this.#addSources(event);
        return;
      case 'tool-call-start':
        this.#call(event);
        return;
      case 'tool-call-delta':
        this.#open?.push(event.text);
        return;
      case 'tool-call-end':
        this.#close('completed');
        return;
      case 'finish':
        this.#finish(event.reason);
        return;
      default:
    }
  }

  /** The items so far; one that is not done yet counts as broken off. */
  snapshot(): readonly OutputItem[] {
    return this.#open === undefined ? this.#closed : [...this.#closed, this.#open.snapshot('incomplete')];
  }

  #text(text: string): void {
    if (text !== '') this.#message().push(text);
  }

  #message(): OpenMessage {
    if (this.#open instanceof OpenMessage) return this.#open;
    const id = this.#next('msg');
    const message = new OpenMessage(id, this.#closed.length, this.#sources, this.#sink);
    this.#open = message;
    return message;
  }

  #reasoning(text: string): void {
    if (text === '' || !this.#options.outputThinking) return;
    if (!(this.#open instanceof OpenReasoning)) {
      const id = this.#next('rs');
      this.#open = new OpenReasoning(id, this.#closed.length, this.#options.sealReasoning, this.#sink);
    }
    this.#open.push(text);
  }

  #media(event: ImageEvent | VideoEvent): void {
    const behindText = this.#open instanceof OpenMessage;
    this.#text(mediaMarkdown(event, behindText));
  }

  #addSources({ sources }: SourcesEvent): void {
    this.#sources.push(...sources);
    if (this.#open instanceof OpenMessage) this.#open.addSources(sources);
  }

  #call(event: ToolCallStart): void {
    const id = this.#next(event.input === 'json' ? 'fc' : 'ctc');
    const tool = this.#options.toolNames.clientName(event.name);
    this.#open = new OpenCall(id, this.#closed.length, event, tool, this.#sink);
  }

  #finish(reason: FinishReason): void {
    const isWhole = reason === 'stop' || reason === 'tool-calls';
    if (isWhole && this.#open instanceof OpenMessage) this.#open.appendSources(this.#options.searchInfoMode);
    this.#close(isWhole ? 'completed' : 'incomplete');
  }

  /** Ends the item before. @returns the id of the next one. */
  #next(prefix: ItemPrefix): string {
    this.#close('completed');
    return itemId(prefix, this.#responseId, String(this.#closed.length));
  }

  #close(end: 'completed' | 'incomplete'): void {
    if (this.#open === undefined) return;
    this.#closed.push(this.#open.close(end));
    this.#open = undefined;
  }
}
