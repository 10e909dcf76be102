import { decodeEscape } from './escapes.ts';
import type { Quote } from './quotes.ts';
import { wholeCharacters } from './whole-characters.ts';

type Place = 'opened' | 'empty' | 'inside' | 'escape' | 'perhaps-closed' | 'tripled';

const structure: ReadonlySet<string> = new Set(',，}｝]］】)');
const colons: ReadonlySet<string> = new Set(':：');

/** Reads one string after its opening mark, incrementally, and decodes it. */
export class StringReader {
  readonly #quote: Quote;
  readonly #followers: ReadonlySet<string>;
  #place: Place = 'opened';
  /** Whether three marks delimit the string, as in Python. */
  #triple = false;
  #decoded = '';
  /** An escape, or closing marks and white space that may turn out to be content. */
  #pending = '';
  #closed = false;

  /** @param isKey whether a colon must follow the string. */
  constructor(quote: Quote, isKey: boolean) {
    this.#quote = quote;
    this.#followers = isKey ? colons : structure;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @returns how far the text belongs to the string. */
  push(text: string, from: number, end: number): number {
    let index = from;
    while (index < end && !this.#closed) index = this.#step(text, index, end);
    return index;
  }

  /** Takes the decoded text that has come since. */
  take(): string {
    const text = this.#decoded;
    const length = this.#closed ? text.length : wholeCharacters(text);
    this.#decoded = text.slice(length);
    return text.slice(0, length);
  }

  /** Nothing follows. @returns whether the string is whole. */
  finish(): boolean {
    this.#closed ||= this.#place === 'empty' || this.#place === 'perhaps-closed';
    return this.#closed;
  }

  #step(text: string, index: number, end: number): number {
    switch (this.#place) {
      case 'opened':
        return this.#first(text, index);
      case 'empty':
        return this.#second(text, index);
      case 'inside':
        return this.#content(text, index, end);
      case 'escape':
        return this.#escaped(text, index);
      case 'perhaps-closed':
        return this.#follower(text, index);
      case 'tripled':
        return this.#tripleEnd(text, index);
    }
  }

  #first(text: string, index: number): number {
    const empty = this.#quote.sure && text[index] === '"';
    this.#place = empty ? 'empty' : 'inside';
    return empty ? index + 1 : index;
  }

  #second(text: string, index: number): number {
    this.#triple = text[index] === '"';
    this.#closed = !this.#triple;
    this.#place = 'inside';
    return this.#triple ? index + 1 : index;
  }

  #content(text: string, index: number, end: number): number {
    const { special, sure } = this.#quote;
    // No further than `end`: what is behind it may be looked at again.
    const part = text.slice(index, end);
    const found = part.search(special);
    const stop = found === -1 ? end : index + found;
    this.#decoded += found === -1 ? part : text.slice(index, stop);
    if (stop === end) return end;
    this.#pending = text.charAt(stop);
    if (text[stop] === '\\') this.#place = 'escape';
    else if (this.#triple) this.#place = 'tripled';
    else if (sure) this.#closed = true;
    else this.#place = 'perhaps-closed';
    return stop + 1;
  }

  #escaped(text: string, index: number): number {
    const sequence = this.#pending + text.charAt(index);
    const decoded = decodeEscape(sequence);
    if (decoded === undefined) {
      this.#pending = sequence;
      return index + 1;
    }
    this.#place = 'inside';
    const broken = decoded.length > 2;
    this.#decoded += broken ? this.#pending : decoded;
    return broken ? index : index + 1;
  }

  #follower(text: string, index: number): number {
    const character = text.charAt(index);
    if (this.#followers.has(character)) {
      this.#closed = true;
      return index;
    }
    if (/\s/.test(character)) {
      this.#pending += character;
      return index + 1;
    }
    return this.#goOn(index);
  }

  #tripleEnd(text: string, index: number): number {
    if (text[index] !== '"') return this.#goOn(index);
    this.#pending += '"';
    this.#closed = this.#pending.length === 3;
    return index + 1;
  }

  #goOn(index: number): number {
    this.#decoded += this.#pending;
    this.#place = 'inside';
    return index;
  }
}
