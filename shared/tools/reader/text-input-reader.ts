import type { InputReader } from './input-reader.ts';

/** Reads the free text of a tool that takes no JSON: a string, or the first string of an object. */
export class TextInputReader implements InputReader {
  #text = '';
  #depth = 0;
  #strings = 0;

  readonly refused = false;

  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  finish(): void {}

  openObject(): void {
    this.#depth += 1;
  }

  closeObject(): void {
    this.#depth -= 1;
  }

  openArray(): void {
    this.#depth += 1;
  }

  closeArray(): void {
    this.#depth -= 1;
  }

  key(): void {}

  openString(): void {
    this.#strings += 1;
  }

  stringPart(text: string): void {
    if (this.#strings === 1) this.#text += text;
  }

  closeString(): void {}

  literal(text: string): void {
    if (this.#depth === 0) this.#text += text;
  }
}
