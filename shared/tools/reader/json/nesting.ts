import type { JsonSink } from './json-sink.ts';

export type OpeningMark = '{' | '[';

/** Deeper JSON is no call and no answer. */
const deepest = 200;

/** The objects and arrays that are open. */
export class Nesting {
  readonly #sink: JsonSink;
  readonly #open: OpeningMark[] = [];

  constructor(sink: JsonSink) {
    this.#sink = sink;
  }

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  get isFull(): boolean {
    return this.#open.length === deepest;
  }

  get inObject(): boolean {
    return this.#open.at(-1) === '{';
  }

  open(mark: OpeningMark): void {
    this.#open.push(mark);
    if (mark === '{') this.#sink.openObject();
    else this.#sink.openArray();
  }

  /**
   * Closes up to the innermost that the mark fits; what is open within it lacks its own mark.
   *
   * @returns whether there was one.
   */
  close(mark: '}' | ']'): boolean {
    const opening = mark === '}' ? '{' : '[';
    if (!this.#open.includes(opening)) return false;
    while (this.#closeTop() !== opening);
    return true;
  }

  closeAll(): void {
    while (this.#open.length > 0) this.#closeTop();
  }

  #closeTop(): OpeningMark | undefined {
    const top = this.#open.pop();
    if (top === '{') this.#sink.closeObject();
    else this.#sink.closeArray();
    return top;
  }
}
