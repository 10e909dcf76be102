import type { JsonSink } from './json-sink.ts';
import type { Quote } from './quotes.ts';
import { StringReader } from './string-reader.ts';

const longestWord = 256;
const wordCharacter = /[\p{L}\p{N}_$+.-]/u;

/** Whether a word outside of quotes may begin with the character. */
export function beginsWord(character: string): boolean {
  return wordCharacter.test(character);
}

/** Reads one string or word, as a property's name or as a value, and tells it to a sink. */
export class ScalarReader {
  readonly isKey: boolean;
  readonly #sink: JsonSink;
  readonly #string: StringReader | undefined;
  /** The name or the word so far. */
  #text = '';
  #over = false;

  /** @param quote how the string is delimited; absent for a word. */
  constructor(sink: JsonSink, isKey: boolean, quote?: Quote) {
    this.#sink = sink;
    this.isKey = isKey;
    this.#string = quote === undefined ? undefined : new StringReader(quote, isKey);
    if (quote !== undefined && !isKey) sink.openString();
  }

  get over(): boolean {
    return this.#over;
  }

  /** Whether it is a word of dots, which stands for something left out. */
  get isElision(): boolean {
    return /^\.{3,}$/.test(this.#text);
  }

  /** @returns how far the text belongs to it; `undefined` when it has grown too long. */
  push(text: string, index: number, end: number): number | undefined {
    if (this.#string === undefined) return this.#readWord(text, index);
    const next = this.#string.push(text, index, end);
    if (this.#string.closed) this.#end();
    return next;
  }

  /** Tells what has come of a value's text. */
  flush(): void {
    const part = this.#string?.take() ?? '';
    if (part === '') return;
    if (this.isKey) this.#text += part;
    else this.#sink.stringPart(part);
  }

  /** Nothing follows. @returns whether it is whole. */
  finish(): boolean {
    if (this.#string?.finish() === false) return false;
    this.#end();
    return true;
  }

  #readWord(text: string, index: number): number | undefined {
    const character = text.charAt(index);
    if (!beginsWord(character)) {
      this.#end();
      return index;
    }
    this.#text += character;
    return this.#text.length > longestWord ? undefined : index + 1;
  }

  #end(): void {
    this.flush();
    this.#over = true;
    if (this.isKey) this.#sink.key(this.#text);
    else if (this.#string === undefined) this.#sink.literal(this.#text);
    else this.#sink.closeString();
  }
}
