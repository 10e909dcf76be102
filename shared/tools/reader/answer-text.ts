import type { AnswerOutput } from './answer-output.ts';
import type { AssemblerRules } from './call-assembler.ts';
import { CallBlock } from './call-block.ts';
import { Prose } from './prose.ts';

/** Parts an answer's text into what is said and what is called. */
export class AnswerText {
  readonly #rules: Omit<AssemblerRules, 'strict'>;
  readonly #output: AnswerOutput;
  readonly #prose = new Prose();
  #block: CallBlock | undefined;
  /** The end of the text so far, when it can't be judged without more. Never longer than a marker. */
  #rest = '';
  /** What follows is of no interest. */
  #closed = false;

  constructor(rules: Omit<AssemblerRules, 'strict'>, output: AnswerOutput) {
    this.#rules = rules;
    this.#output = output;
  }

  /** @throws ToolCallInvalidError, ToolCallMissingError */
  push(piece: string): void {
    let text = this.#rest === '' ? piece : this.#rest + piece;
    let index = 0;
    /** Where the block begins behind its marker, when that is in this text. */
    let begin: number | undefined;
    this.#rest = '';
    while (index < text.length && !this.#closed && this.#rest === '') {
      if (this.#block === undefined) {
        index = this.#readProse(text, index);
        begin = index;
        continue;
      }
      index = this.#block.push(text, index);
      if (this.#block.state === 'open') this.#rest = text.slice(index);
      else if (this.#block.state === 'called') this.#endBlock();
      else {
        if (begin === undefined) text = this.#block.raw + text.slice(index);
        index = begin ?? 0;
        this.#returnBlock(this.#block);
      }
    }
    if (this.#closed) this.#output.omit(text.slice(index));
  }

  /**
   * The answer is over.
   *
   * @param complete whether the model came to its end by itself.
   * @throws ToolCallInvalidError, ToolCallMissingError
   */
  finish(complete: boolean): void {
    while (this.#block !== undefined) {
      const block = this.#block;
      block.finish(complete);
      if (block.state !== 'text') {
        this.#endBlock();
        return;
      }
      const text = block.raw + this.#rest;
      this.#rest = '';
      this.#returnBlock(block);
      this.push(text);
    }
    this.#output.text(this.#rest);
    this.#rest = '';
  }

  #readProse(text: string, index: number): number {
    const { end, what } = this.#prose.next(text, index);
    this.#output.text(index === 0 && end === text.length ? text : text.slice(index, end));
    if (what === undefined) return end;
    if (what === 'partial') this.#rest = text.slice(end);
    // Whatever stands behind a result that the model has made up rests on it.
    else if (what === 'result') {
      this.#closed = true;
      this.#output.omit(text.slice(end));
    } else {
      this.#block = new CallBlock(what, text.slice(end, end + what.length), this.#rules, this.#output);
      return end + what.length;
    }
    return text.length;
  }

  #endBlock(): void {
    this.#block = undefined;
    this.#prose.isOver();
    this.#closed = this.#output.isClosed;
  }

  /** The block was text: its marker is passed on, and what it held is read as text. */
  #returnBlock(block: CallBlock): void {
    this.#block = undefined;
    this.#output.text(block.marker);
    this.#prose.isText(block.start, block.marker);
  }
}
