import type { CalledPicture } from '../../chat/event.ts';
import type { EventSink } from './event-sink.ts';
import type { ItemEnd, OpenItem } from './open-item.ts';
import type { ImageItem } from './output-item.ts';

/** A picture on its way. The upstream shows nothing of it before it is done, so there are no partial ones. */
export class OpenImage implements OpenItem {
  readonly #id: string;
  readonly #index: number;
  readonly #sink: EventSink;
  #made: Partial<ImageItem> = {};

  constructor(id: string, index: number, sink: EventSink) {
    this.#id = id;
    this.#index = index;
    this.#sink = sink;
    const item: ImageItem = { ...this.#head, status: 'in_progress', result: null };
    sink.tell('output_item.added', { output_index: index, item });
    sink.tell('image_generation_call.in_progress', this.#place);
    sink.tell('image_generation_call.generating', this.#place);
  }

  /** A picture has no pieces. */
  push(): void {}

  /** @param facts of the picture that is there now, as its item tells them. */
  show(facts: Partial<ImageItem>): void {
    this.#made = facts;
  }

  close(end: ItemEnd): ImageItem {
    const item = this.snapshot(end);
    if (item.status === 'completed') this.#sink.tell('image_generation_call.completed', this.#place);
    this.#sink.tell('output_item.done', { output_index: this.#index, item });
    return item;
  }

  snapshot(end: ItemEnd): ImageItem {
    const result = this.#made.result ?? null;
    const status = end === 'completed' && result !== null ? 'completed' : 'failed';
    return { ...this.#head, ...this.#made, status, result };
  }

  get #head(): Pick<ImageItem, 'id' | 'type'> {
    return { id: this.#id, type: 'image_generation_call' };
  }

  get #place() {
    return { item_id: this.#id, output_index: this.#index };
  }
}

/** What an item tells of its picture: what the file really is. */
export function imageFacts({ base64, prompt, size, format, ...facts }: CalledPicture): Partial<ImageItem> {
  return {
    result: base64,
    revised_prompt: prompt,
    ...(size && { size: `${size.width}x${size.height}` }),
    ...(format && { output_format: format }),
    ...facts,
  };
}
