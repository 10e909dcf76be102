import type { ChatEvent } from '../event.ts';
import { addText } from './add-text.ts';
import { endAnswer } from './end-answer.ts';
import type { EventFilter } from './event-filter.ts';
import { StopMatcher } from './stop-matcher.ts';

const interrupting: ReadonlySet<ChatEvent['type']> = new Set(['finish', 'image', 'video', 'tool-call-start']);

/**
 * Ends the answer before the stop sequence that is complete first. Only text that may still become one is held back;
 * thinking is not searched.
 */
export class StopSequences implements EventFilter {
  readonly #matcher: StopMatcher;
  #met: string | undefined;

  /** @param sequences none empty. */
  constructor(sequences: readonly string[]) {
    this.#matcher = new StopMatcher(sequences);
  }

  get ended(): boolean {
    return this.#met !== undefined;
  }

  push(events: readonly ChatEvent[]): readonly ChatEvent[] {
    const output: ChatEvent[] = [];
    for (const [index, event] of events.entries()) {
      if (event.type === 'text-delta') {
        addText(output, this.#read(event.text));
        if (this.#met === undefined) continue;
        return [...output, ...endAnswer(events.slice(index + 1), { reason: 'stop', stopSequence: this.#met })];
      }
      // What stands behind a picture or a call can't go on a sequence that began before it.
      if (interrupting.has(event.type)) addText(output, this.#release());
      output.push(event);
    }
    return output;
  }

  /** @returns the part of the held text and the new one that may go on. */
  #read(text: string): string {
    const held = this.#matcher.pendingText;
    for (let index = 0; index < text.length; index += 1) {
      const matched = this.#matcher.read(text.charCodeAt(index));
      if (matched === 0) continue;
      const end = held.length + index + 1;
      this.#met = (held + text.slice(0, index + 1)).slice(end - matched);
      return firstOf(held, text, end - matched);
    }
    return firstOf(held, text, held.length + text.length - this.#matcher.pending);
  }

  #release(): string {
    const held = this.#matcher.pendingText;
    this.#matcher.reset();
    return held;
  }
}

/** The first characters of two texts one behind the other, without joining all of them. */
function firstOf(first: string, second: string, length: number): string {
  return length <= first.length ? first.slice(0, length) : first + second.slice(0, length - first.length);
}
