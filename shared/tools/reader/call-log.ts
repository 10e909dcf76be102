import type { ToolDefinition } from '../../chat/tool.ts';
import type { AnswerOutput } from './answer-output.ts';

/** A call as far as it was read. */
export interface ReadCall {
  readonly definition: ToolDefinition;
  /** What of its arguments was not passed on yet. */
  text: string;
  ended: boolean;
  /** Whether its beginning was passed on. */
  begun: boolean;
}

/** The calls of one block, kept back until it is sure that they are calls. */
export class CallLog {
  readonly #output: AnswerOutput;
  #waiting: ReadCall[] = [];
  #open: ReadCall | undefined;
  #passedOn = false;

  constructor(output: AnswerOutput) {
    this.#output = output;
  }

  /** Whether anything was passed on: the block can't be text any more. */
  get passedOn(): boolean {
    return this.#passedOn;
  }

  get hasOpenCall(): boolean {
    return this.#open !== undefined;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether a call is whole that was not passed on yet. */
  get hasWholeCall(): boolean {
    return this.#waiting.some((call) => call.ended);
  }

  start(definition: ToolDefinition): void {
    this.#open = { definition, text: '', ended: false, begun: false };
    this.#waiting.push(this.#open);
  }

  delta(text: string): void {
    if (this.#open !== undefined) this.#open.text += text;
  }

  end(): void {
    if (this.#open !== undefined) this.#open.ended = true;
    this.#open = undefined;
  }

  /** Passes on what is known. @throws ToolCallMissingError, ToolCallInvalidError for a call that can't go on. */
  passOn(): void {
    if (this.#waiting.length === 0) return;
    this.#passedOn = true;
    for (const call of this.#waiting) this.#output.call(call);
    this.#waiting = this.#open === undefined ? [] : [this.#open];
  }
}
