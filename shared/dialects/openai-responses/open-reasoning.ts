import type { EventSink } from './event-sink.ts';
import type { OpenItem } from './open-item.ts';
import type { ReasoningItem } from './output-item.ts';

/**
 * The model's thinking, as a summary: of the two forms it is the one that Codex and the SDKs' helpers show, and what
 * the upstream gives is a summary too.
 */
export class OpenReasoning implements OpenItem {
  readonly #id: string;
  readonly #index: number;
  readonly #sealed: boolean;
  readonly #sink: EventSink;
  #text = '';

  /** @param sealed whether the client asks for `encrypted_content`. */
  constructor(id: string, index: number, sealed: boolean, sink: EventSink) {
    this.#id = id;
    this.#index = index;
    this.#sealed = sealed;
    this.#sink = sink;
    sink.tell('output_item.added', { output_index: index, item: { id, type: 'reasoning', summary: [] } });
    sink.tell('reasoning_summary_part.added', { ...this.#place, part: { type: 'summary_text', text: '' } });
    sink.beginPieces('reasoning_summary_text.delta', this.#place);
  }

  push(text: string): void {
    this.#text += text;
    this.#sink.piece(text);
  }

  close(): ReasoningItem {
    const item = this.snapshot();
    const [part] = item.summary;
    this.#sink.tell('reasoning_summary_text.done', { ...this.#place, text: this.#text });
    this.#sink.tell('reasoning_summary_part.done', { ...this.#place, part });
    this.#sink.tell('output_item.done', { output_index: this.#index, item });
    return item;
  }

  snapshot(): ReasoningItem {
    return {
      id: this.#id,
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: this.#text }],
      ...(this.#sealed && { encrypted_content: seal(this.#id) }),
    };
  }

  get #place() {
    return { item_id: this.#id, output_index: this.#index, summary_index: 0 };
  }
}

/** Something to send back. The upstream takes no earlier thinking, so there is nothing to keep in it. */
function seal(id: string): string {
  return Buffer.from(`qwen-gateway:${id}`).toString('base64url');
}
