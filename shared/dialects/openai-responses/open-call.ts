import type { ToolCallStart } from '../../chat/event.ts';
import type { EventSink } from './event-sink.ts';
import type { ItemEnd, OpenItem } from './open-item.ts';
import type { CustomCallItem, FunctionCallItem, ItemStatus } from './output-item.ts';
import type { ClientToolName } from './tool-names.ts';

/** A call of one of the client's tools. */
export class OpenCall implements OpenItem {
  readonly #id: string;
  readonly #index: number;
  readonly #start: ToolCallStart;
  readonly #tool: ClientToolName;
  readonly #sink: EventSink;
  #text = '';

  constructor(id: string, index: number, start: ToolCallStart, tool: ClientToolName, sink: EventSink) {
    this.#id = id;
    this.#index = index;
    this.#start = start;
    this.#tool = tool;
    this.#sink = sink;
    sink.tell('output_item.added', { output_index: index, item: this.#item('in_progress') });
    sink.beginPieces(`${this.#eventName}.delta`, this.#place);
  }

  push(text: string): void {
    this.#text += text;
    this.#sink.piece(text);
  }

  /** A call that is broken off is not told as done: agents run what is done (clients §6). */
  close(end: ItemEnd): FunctionCallItem | CustomCallItem {
    const item = this.snapshot(end);
    if (end === 'incomplete') return item;
    const whole = item.type === 'function_call' ? { name: item.name, arguments: this.#text } : { input: this.#text };
    this.#sink.tell(`${this.#eventName}.done`, { ...this.#place, ...whole });
    this.#sink.tell('output_item.done', { output_index: this.#index, item });
    return item;
  }

  snapshot(end: ItemEnd): FunctionCallItem | CustomCallItem {
    return this.#item(end);
  }

  #item(status: ItemStatus): FunctionCallItem | CustomCallItem {
    const common = { id: this.#id, status, call_id: this.#start.id, ...this.#tool };
    return this.#start.input === 'json'
      ? { type: 'function_call', ...common, arguments: this.#text }
      : { type: 'custom_tool_call', ...common, input: this.#text };
  }

  get #eventName(): string {
    return this.#start.input === 'json' ? 'function_call_arguments' : 'custom_tool_call_input';
  }

  get #place() {
    return { item_id: this.#id, output_index: this.#index };
  }
}
