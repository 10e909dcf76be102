import type { ChatEvent } from '../event.ts';
import { addText } from './add-text.ts';
import type { EventFilter } from './event-filter.ts';
import { JsonBegin } from './json-begin.ts';
import { JsonEnd } from './json-end.ts';

/**
 * Lets bare JSON through: the first object or array of the text, without the code fence and the prose around it
 * (clients §1 (10)). When none begins, the whole text goes out unchanged at the end, so that nothing is lost.
 */
export class JsonOnly implements EventFilter {
  readonly ended = false;
  #begin = new JsonBegin();
  readonly #end = new JsonEnd();
  #state: 'before' | 'inside' | 'behind' = 'before';
  #held = '';

  push(events: readonly ChatEvent[]): readonly ChatEvent[] {
    const output: ChatEvent[] = [];
    for (const event of events) {
      if (event.type === 'text-delta') {
        addText(output, this.#read(event.text));
        continue;
      }
      // Words before a call stay before it.
      if (event.type === 'finish' || event.type === 'tool-call-start') addText(output, this.#release());
      output.push(event);
    }
    return output;
  }

  #release(): string {
    const held = this.#state === 'before' ? this.#held : '';
    this.#held = '';
    this.#begin = new JsonBegin();
    return held;
  }

  #read(text: string): string {
    if (this.#state === 'behind') return '';
    return this.#state === 'inside' ? this.#readInside(text) : this.#readBefore(text);
  }

  #readBefore(text: string): string {
    this.#held += text;
    for (let index = 0; index < text.length; index += 1) {
      const begin = this.#begin.read(text.charAt(index));
      if (begin === undefined) continue;
      this.#state = 'inside';
      return this.#readInside(this.#held.slice(begin));
    }
    return '';
  }

  #readInside(text: string): string {
    for (let index = 0; index < text.length; index += 1) {
      if (!this.#end.read(text.charAt(index))) continue;
      this.#state = 'behind';
      return text.slice(0, index + 1);
    }
    return text;
  }
}
