import { CommentReader } from './comment-reader.ts';
import type { JsonSink } from './json-sink.ts';
import { Nesting } from './nesting.ts';
import { type Quote, quoteOf, templateQuote } from './quotes.ts';
import { beginsWord, ScalarReader } from './scalar-reader.ts';
import { isSpace, markOf } from './structure-marks.ts';

type State = 'root' | 'key' | 'colon' | 'value' | 'element' | 'after' | 'scalar' | 'comment';

/**
 * Reads JSON as models write it, incrementally: foreign quotes and marks, bare keys, comments, trailing and missing
 * commas. It stops before a character that can't go on, for its caller to judge. Values may follow one another.
 */
export class LenientJson {
  readonly #sink: JsonSink;
  readonly #markers: boolean;
  readonly #nesting: Nesting;
  #state: State = 'root';
  #comment: CommentReader | undefined;
  #beforeComment: State = 'root';
  #scalar: ScalarReader | undefined;
  #stopped = false;
  #values = 0;

  /** @param markers whether an end marker in brackets may break the text off. */
  constructor(sink: JsonSink, markers = false) {
    this.#sink = sink;
    this.#markers = markers;
    this.#nesting = new Nesting(sink);
  }

  /** Whether nothing but white space and comments has come. */
  get isEmpty(): boolean {
    return this.#state === 'root' && this.#values === 0;
  }

  /** Whether it stopped behind dots that stand for something left out, as in an explanation. */
  get isElided(): boolean {
    return this.#scalar?.isElision === true;
  }

  /** Whether a value is whole and no other has begun. */
  get isWhole(): boolean {
    return this.#state === 'root' && this.#values > 0;
  }

  /** @returns where it stopped: `end`, or the character that doesn't go on what came before. */
  push(text: string, from: number, end: number): number {
    this.#stopped = false;
    let index = from;
    while (index < end && !this.#stopped && !this.#sink.refused) index = this.#step(text, index, end);
    if (this.#state === 'scalar') this.#scalar?.flush();
    return index;
  }

  /** Nothing follows: closes what is open. @returns whether that could be done without making up a value. */
  complete(): boolean {
    if (this.#state === 'scalar') {
      if (this.#scalar?.finish() !== true) return false;
      this.#endScalar(this.#scalar);
    }
    if (this.#state === 'comment') this.#state = this.#beforeComment;
    if (this.#state === 'colon' || this.#state === 'value' || this.#sink.refused) return false;
    if (!this.#nesting.isEmpty) {
      this.#nesting.closeAll();
      this.#endValue();
    }
    return this.#values > 0 && !this.#sink.refused;
  }

  #step(text: string, index: number, end: number): number {
    if (this.#state === 'scalar') return this.#inScalar(text, index, end);
    if (this.#state === 'comment') return this.#inComment(text.charAt(index), index);
    return this.#structure(text, index);
  }

  #structure(text: string, index: number): number {
    const character = text.charAt(index);
    if (isSpace(character)) return index + 1;
    const mark = markOf(character);
    if (mark === '/' || mark === '#') return this.#beginComment(mark, index);
    switch (this.#state) {
      case 'root':
        return this.#atRoot(mark, index);
      case 'colon':
        if (mark !== ':') return this.#stop(index);
        this.#state = 'value';
        return index + 1;
      case 'value':
        if (character === '`') return this.#beginString(templateQuote, false, index);
        return this.#beginValue(mark, index);
      case 'element':
        return this.#atElement(text, mark, index);
      default:
        return this.#betweenProperties(mark, index);
    }
  }

  #atRoot(mark: string, index: number): number {
    if (this.#values === 0 || mark === '{') return this.#beginValue(mark, index);
    return ',;}])'.includes(mark) ? index + 1 : this.#stop(index);
  }

  #atElement(text: string, mark: string, index: number): number {
    if (mark === ',') return index + 1;
    if (mark === ']' || mark === '}') return this.#close(mark, index);
    // `[/` begins an end marker; so may a bracket with nothing behind it yet.
    const next = text[index + 1];
    if (this.#markers && mark === '[' && (next === undefined || next === '/')) return this.#stop(index);
    return this.#beginValue(mark, index);
  }

  /** Behind a value, or where a property's name is to come. */
  #betweenProperties(mark: string, index: number): number {
    if (mark === '}' || mark === ']') return this.#close(mark, index);
    const { inObject } = this.#nesting;
    if (mark === ',') {
      this.#state = inObject ? 'key' : 'element';
      return index + 1;
    }
    const quote = quoteOf(mark);
    if (!inObject) {
      // The comma between two elements was forgotten.
      if (mark !== '{' && quote === undefined) return this.#stop(index);
      this.#state = 'element';
      return index;
    }
    if (quote !== undefined) return this.#beginString(quote, true, index);
    return this.#state === 'key' && beginsWord(mark) ? this.#beginWord(true, index) : this.#stop(index);
  }

  #beginValue(mark: string, index: number): number {
    if (mark === '{' || mark === '[') {
      if (this.#nesting.isFull) return this.#stop(index);
      this.#nesting.open(mark);
      this.#state = mark === '{' ? 'key' : 'element';
      return index + 1;
    }
    const quote = quoteOf(mark);
    if (quote !== undefined) return this.#beginString(quote, false, index);
    return beginsWord(mark) ? this.#beginWord(false, index) : this.#stop(index);
  }

  #beginString(quote: Quote, isKey: boolean, index: number): number {
    this.#scalar = new ScalarReader(this.#sink, isKey, quote);
    this.#state = 'scalar';
    return index + 1;
  }

  #beginWord(isKey: boolean, index: number): number {
    this.#scalar = new ScalarReader(this.#sink, isKey);
    this.#state = 'scalar';
    return index;
  }

  #inScalar(text: string, index: number, end: number): number {
    const next = this.#scalar?.push(text, index, end);
    if (this.#scalar?.over === true) this.#endScalar(this.#scalar);
    return next ?? this.#stop(index);
  }

  #endScalar({ isKey }: ScalarReader): void {
    if (isKey) this.#state = 'colon';
    else this.#endValue();
  }

  #endValue(): void {
    const whole = this.#nesting.isEmpty;
    if (whole) this.#values += 1;
    this.#state = whole ? 'root' : 'after';
  }

  /** A mark that fits nothing is dropped. */
  #close(mark: '}' | ']', index: number): number {
    if (this.#nesting.close(mark)) this.#endValue();
    return index + 1;
  }

  #beginComment(mark: '/' | '#', index: number): number {
    this.#comment = new CommentReader(mark);
    this.#beforeComment = this.#state;
    this.#state = 'comment';
    return index + 1;
  }

  #inComment(character: string, index: number): number {
    const found = this.#comment?.push(character);
    if (found === 'none') return this.#stop(index);
    if (found === 'over') this.#state = this.#beforeComment;
    return index + 1;
  }

  #stop(index: number): number {
    this.#stopped = true;
    return index;
  }
}
