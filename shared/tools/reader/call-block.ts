import { ToolCallInvalidError } from '../../chat/errors/answer-faults.ts';
import type { AnswerOutput } from './answer-output.ts';
import { type BlockContent, BlockHead } from './block-head.ts';
import { readEnd } from './block-opening.ts';
import { type AssemblerRules, CallAssembler, lookAlike, type Refusal } from './call-assembler.ts';
import { CallLog } from './call-log.ts';
import { LenientJson } from './json/lenient-json.ts';
import { ParameterTags } from './parameter-tags.ts';
import type { BlockStart } from './prose.ts';

/** Characters of a block that are kept back at most: enough to judge a small call, too few to delay a large one. */
const heldCharacters = 512;
/** Characters between a marker and its calls at most. */
const openingCharacters = 256;

/**
 * - `open`: more may follow.
 * - `called`: it is over and its calls have been passed on.
 * - `text`: it is no block of calls.
 */
export type BlockState = 'open' | 'called' | 'text';

/** Reads one block of calls from behind its marker on. Until the calls are certain it can still be taken for text. */
export class CallBlock {
  /** The marker's own text. */
  readonly marker: string;
  readonly #start: BlockStart;
  readonly #log: CallLog;
  readonly #assembler: CallAssembler;
  readonly #bare: boolean;
  readonly #raw: string[] = [];
  #length: number;
  readonly #head: BlockHead;
  #state: BlockState = 'open';

  constructor(start: BlockStart, marker: string, rules: Omit<AssemblerRules, 'strict'>, output: AnswerOutput) {
    this.#start = start;
    this.marker = marker;
    this.#length = start.length;
    this.#bare = start.form === 'bare' || start.form === 'bare-fenced';
    this.#log = new CallLog(output);
    this.#assembler = new CallAssembler({ ...rules, strict: this.#bare }, this.#log);
    this.#head = new BlockHead(this.#bare, this.#assembler, this.#log);
    if (start.name !== undefined) this.#head.name(start.name);
  }

  get start(): BlockStart {
    return this.#start;
  }

  get state(): BlockState {
    return this.#state;
  }

  /** What it was made of, without its marker. */
  get raw(): string {
    return this.#raw.join('');
  }

  /**
   * Reads on.
   *
   * @returns how far; what is left is to be shown again with more behind it, while the block is open.
   * @throws ToolCallInvalidError, ToolCallMissingError
   */
  push(text: string, from: number): number {
    let index = from;
    while (this.#state === 'open' && index < text.length) {
      const room = heldCharacters - this.#length;
      const end = room > 0 ? Math.min(text.length, index + room) : text.length;
      const { content } = this.#head;
      const next = content === undefined ? this.#head.read(text, index) : this.#read(content, text, index, end);
      if (next === undefined) return index;
      this.#length += next - index;
      if (!this.#log.passedOn) this.#raw.push(text.slice(index, next));
      index = next;
      this.#judge();
    }
    return index;
  }

  /**
   * The answer is over, so that no more than `push` has seen will come.
   *
   * @param complete whether the model came to its end, so that missing end marks may be taken for forgotten.
   * @throws ToolCallInvalidError, ToolCallMissingError
   */
  finish(complete: boolean): void {
    if (!complete) {
      const isCall = !this.#log.isEmpty || (this.#start.ownLine && this.#head.content !== undefined);
      if (this.#log.passedOn || (isCall && !this.#bare)) this.#end();
      else this.#state = 'text';
      return;
    }
    if (this.#head.content !== undefined) this.#complete(this.#head.content);
    else if (this.#log.isEmpty || this.#log.hasOpenCall) this.#state = 'text';
    this.#judge();
    if (this.#state === 'open') this.#end();
  }

  #read(content: BlockContent, text: string, index: number, end: number): number | undefined {
    const next = content.push(text, index, end);
    this.#assembler.drain();
    if (next === end || this.#assembler.refused) return next;
    const mark = content instanceof ParameterTags && content.waits ? 'partial' : readEnd(text, next);
    if (mark === 'partial') return next === index ? undefined : next;
    if (mark === undefined) this.#endUnmarked(content, text.charAt(next));
    else this.#endMarked(content, text[next] === '`');
    return next + (mark ?? 0);
  }

  /** What stands next belongs to no call. */
  #endUnmarked(content: BlockContent, character: string): void {
    const isWhole = content instanceof LenientJson && content.isWhole;
    if (!isWhole) {
      const elided = character === '…' || (content instanceof LenientJson && content.isElided);
      this.#assembler.refuse(elided ? lookAlike : this.#broken('it is not JSON'));
      return;
    }
    // Within a sentence, or without any marker, a call that goes over into text is an example.
    if (this.#bare || !this.#start.ownLine) {
      this.#assembler.refuse(lookAlike);
      return;
    }
    this.#complete(content);
    if (!this.#assembler.refused) this.#end();
  }

  #endMarked(content: BlockContent, byFence: boolean): void {
    if (byFence && this.#start.form === 'bare') {
      this.#assembler.refuse(lookAlike);
      return;
    }
    this.#complete(content);
    if (this.#assembler.refused) return;
    // Behind the fence of a call without a marker more must not follow than further calls.
    if (this.#bare && byFence) this.#head.reset();
    else this.#end();
  }

  #complete(content: BlockContent): void {
    if (!content.complete()) this.#assembler.refuse(this.#broken('it breaks off'));
    else if (this.#head.named) this.#assembler.end();
    this.#assembler.drain();
    if (this.#log.isEmpty && !this.#log.passedOn) this.#assembler.refuse(lookAlike);
  }

  /** Before anything says that it is a call, it isn't a broken one. */
  #broken(reason: string): Refusal {
    if (!this.#assembler.isCall) return lookAlike;
    return { type: 'broken', reason: `The model's tool call can't be read: ${reason}.` };
  }

  #end(): void {
    this.#log.passOn();
    this.#state = 'called';
  }

  /** Decides what the block is, as far as it can be told by now. */
  #judge(): void {
    if (this.#state !== 'open') return;
    const { ownLine } = this.#start;
    const mayPassOn = !this.#bare && (this.#length >= heldCharacters || (ownLine && this.#log.hasWholeCall));
    if (mayPassOn) this.#log.passOn();
    if (this.#assembler.refused) {
      this.#refuse();
      return;
    }
    if (this.#head.closed) this.#end();
    else if (this.#isTooLong()) this.#state = 'text';
  }

  /** What is no call by now is text, so that little of it is read twice. */
  #isTooLong(): boolean {
    if (this.#bare || this.#log.passedOn) return false;
    if (this.#head.content === undefined) return this.#length >= openingCharacters;
    const isCall = this.#start.ownLine ? this.#assembler.isCall : !this.#log.isEmpty;
    return this.#length >= heldCharacters && !isCall;
  }

  #refuse(): void {
    const { refusal } = this.#assembler;
    const isCall = this.#log.passedOn || (this.#start.ownLine && !this.#bare);
    if (refusal?.type === 'broken' && isCall) throw new ToolCallInvalidError(refusal.reason);
    this.#state = this.#log.passedOn ? 'called' : 'text';
  }
}
