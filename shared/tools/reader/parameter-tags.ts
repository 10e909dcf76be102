import type { JsonSink } from './json/json-sink.ts';
import { wholeCharacters } from './json/whole-characters.ts';

const opening = /<parameter(?:\s*=\s*|\s+name\s*=\s*)["']?([^"'<>\s]{1,100})["']?\s*>/iy;
const beginning = /^<(?:p(?:a(?:r(?:a(?:m(?:e(?:t(?:e(?:r(?:[\s=][^<>]{0,120})?)?)?)?)?)?)?)?)?)?$/i;
/** Characters of an opening tag. */
const longestTag = 140;
const ending = '</parameter>';
const special = /[<\r\n]/;

/**
 * Reads arguments written as `<parameter=key>value</parameter>`, the form that Qwen's coder models were trained on. A
 * line break behind the opening tag and one before the closing tag belong to the tags.
 */
export class ParameterTags {
  readonly #sink: JsonSink;
  #place: 'outside' | 'opened' | 'value' = 'outside';
  #begun = false;
  #waits = false;
  #text = '';

  /** @param sink takes the arguments as an object of strings. */
  constructor(sink: JsonSink) {
    this.#sink = sink;
  }

  /** Whether it stopped because more text is needed to tell a tag from a value. */
  get waits(): boolean {
    return this.#waits;
  }

  /** @returns where it stopped: at what is no parameter, or at what may become a tag. */
  push(text: string, from: number, end: number): number {
    this.#waits = false;
    let index = from;
    while (index < end) {
      const next = this.#step(text, index, end);
      if (next === undefined) break;
      index = next;
    }
    this.#tell(false);
    return index;
  }

  /** @returns whether no value is open. */
  complete(): boolean {
    if (this.#place !== 'outside') return false;
    if (!this.#begun) this.#sink.openObject();
    this.#sink.closeObject();
    return true;
  }

  #step(text: string, index: number, end: number): number | undefined {
    if (this.#place === 'outside') return this.#outside(text, index);
    if (this.#place === 'opened') return this.#firstLineBreak(text, index);
    return this.#value(text, index, end);
  }

  #outside(text: string, index: number): number | undefined {
    if (/\s/.test(text.charAt(index))) return index + 1;
    opening.lastIndex = index;
    const [tag, key] = opening.exec(text) ?? [];
    if (tag === undefined || key === undefined) {
      this.#waits = beginning.test(text.slice(index, index + longestTag));
      return undefined;
    }
    if (!this.#begun) this.#sink.openObject();
    this.#begun = true;
    this.#sink.key(key);
    this.#sink.openString();
    this.#place = 'opened';
    return index + tag.length;
  }

  #firstLineBreak(text: string, index: number): number | undefined {
    if (text[index] === '\r' && index + 1 === text.length) return this.#wait();
    const breaks = /\r?\n/y;
    breaks.lastIndex = index;
    this.#place = 'value';
    return breaks.test(text) ? breaks.lastIndex : index;
  }

  #value(text: string, index: number, end: number): number | undefined {
    const found = text.slice(index, end).search(special);
    const stop = found === -1 ? end : index + found;
    this.#text += text.slice(index, stop);
    if (stop > index) return stop;
    const rest = text.slice(index, index + ending.length + 2);
    const tag = rest.replace(/^\r?\n?/, '');
    if (tag.toLowerCase().startsWith(ending)) {
      this.#tell(true);
      this.#sink.closeString();
      this.#place = 'outside';
      return index + rest.length - tag.length + ending.length;
    }
    if (index + rest.length === text.length && ending.startsWith(tag.toLowerCase())) return this.#wait();
    this.#text += text.charAt(index);
    return index + 1;
  }

  #wait(): undefined {
    this.#waits = true;
  }

  #tell(whole: boolean): void {
    const length = whole ? this.#text.length : wholeCharacters(this.#text);
    if (length === 0) return;
    this.#sink.stringPart(this.#text.slice(0, length));
    this.#text = this.#text.slice(length);
  }
}
