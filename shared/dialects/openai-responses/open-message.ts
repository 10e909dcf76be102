import type { Source } from '../../chat/source.ts';
import { AnswerSources } from '../openai-chat/answer-sources.ts';
import type { SearchInfoMode } from '../openai-chat/options.ts';
import type { EventSink } from './event-sink.ts';
import type { ItemEnd, OpenItem } from './open-item.ts';
import type { MessageItem, OutputText, UrlCitation } from './output-item.ts';

/** Text of the answer, with citations of what its search found. */
export class OpenMessage implements OpenItem {
  readonly #id: string;
  readonly #index: number;
  readonly #sink: EventSink;
  readonly #sources = new AnswerSources();
  #text = '';

  /** @param sources what was found so far. */
  constructor(id: string, index: number, sources: readonly Source[], sink: EventSink) {
    this.#id = id;
    this.#index = index;
    this.#sink = sink;
    this.#sources.add(sources);
    const item = { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] };
    sink.tell('output_item.added', { output_index: index, item });
    sink.tell('content_part.added', { ...this.#place, part: textPart('', []) });
    sink.beginPieces('output_text.delta', { ...this.#place, logprobs: [] });
  }

  push(text: string): void {
    this.#text += text;
    this.#sources.follow(text);
    this.#sink.piece(text);
  }

  addSources(sources: readonly Source[]): void {
    this.#sources.add(sources);
  }

  /** Adds what the mode wants at the end of the text. */
  appendSources(mode: SearchInfoMode): void {
    const closing = this.#sources.closingText(mode);
    if (closing !== '') this.push(closing);
  }

  close(end: ItemEnd): MessageItem {
    const item = this.snapshot(end);
    const part = textPart(this.#text, this.#citations());
    for (const [index, annotation] of part.annotations.entries()) {
      this.#sink.tell('output_text.annotation.added', { ...this.#place, annotation_index: index, annotation });
    }
    this.#sink.tell('output_text.done', { ...this.#place, text: this.#text, logprobs: [] });
    this.#sink.tell('content_part.done', { ...this.#place, part });
    this.#sink.tell('output_item.done', { output_index: this.#index, item });
    return item;
  }

  snapshot(end: ItemEnd): MessageItem {
    const content = [textPart(this.#text, this.#citations())];
    return { id: this.#id, type: 'message', status: end, role: 'assistant', content };
  }

  get #place() {
    return { item_id: this.#id, output_index: this.#index, content_index: 0 };
  }

  #citations(): readonly UrlCitation[] {
    return this.#sources.annotations().map(({ type, url_citation: citation }) => ({ type, ...citation }));
  }
}

function textPart(text: string, annotations: readonly UrlCitation[]): OutputText {
  return { type: 'output_text', text, annotations, logprobs: [] };
}
