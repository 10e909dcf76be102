import { randomUUID } from 'node:crypto';
import { ToolCallMissingError } from '../../chat/errors/answer-faults.ts';
import type { ChatEvent, FinishEvent } from '../../chat/event.ts';
import type { ToolChoice, ToolDefinition } from '../../chat/tool.ts';
import { AnswerOutput } from './answer-output.ts';
import { AnswerText } from './answer-text.ts';
import { ToolNames } from './tool-names.ts';

export interface ToolCallReaderOptions {
  /** The tools that may be called; each name once. */
  readonly definitions: readonly ToolDefinition[];
  readonly choice: ToolChoice;
  /** Whether more than the first call of the answer is passed on. */
  readonly parallel: boolean;
  /** Gives each call its id. */
  readonly newId?: () => string;
}

/**
 * Reads tool calls out of an answer's text, incrementally (qwen-web §9.2, §9.3). One per answer.
 *
 * Understood are blocks marked `[tool_call]`, `<tool_call>` or by a code fence of that language, in many malformed
 * forms, and answers that are nothing but a call's JSON. Text is held back only while it may be a call. What the model
 * writes behind its calls is dropped.
 */
export class ToolCallReader {
  readonly #output: AnswerOutput;
  readonly #text: AnswerText | undefined;
  readonly #choice: ToolChoice;

  constructor({ definitions, choice, parallel, newId = newCallId }: ToolCallReaderOptions) {
    this.#choice = choice;
    this.#output = new AnswerOutput({ choice, parallel, newId });
    const reads = choice.type !== 'none' && definitions.length > 0;
    this.#text = reads ? new AnswerText({ names: new ToolNames(definitions), choice }, this.#output) : undefined;
  }

  /**
   * Takes a batch of events and gives what may go on now. The joined deltas of a call that ends are strict JSON of an
   * object, or the tool's free text; a call that the token limit cut off has no end.
   *
   * @throws ToolCallInvalidError when a call can't be read or repaired, or names no tool.
   * @throws ToolCallMissingError when the request demands a call, and the answer ends without it.
   */
  push(events: readonly ChatEvent[]): readonly ChatEvent[] {
    if (this.#text === undefined) return events;
    for (const event of events) {
      if (event.type === 'text-delta') this.#text.push(event.text);
      else if (event.type === 'finish') this.#finish(event, this.#text);
      else this.#output.pass(event);
    }
    return this.#output.take();
  }

  #finish(event: FinishEvent, text: AnswerText): void {
    const complete = event.reason === 'stop' || event.reason === 'tool-calls';
    text.finish(complete);
    const called = this.#output.hasCalled;
    if (!called && complete && this.#choice.type !== 'auto') {
      throw new ToolCallMissingError('The request demands a tool call, and the model answered without one.');
    }
    this.#output.releaseText();
    const ended: FinishEvent = this.#output.omits ? { ...event, omits: true } : event;
    this.#output.pass(called && event.reason === 'stop' ? { ...ended, reason: 'tool-calls' } : ended);
  }
}

function newCallId(): string {
  return `call_${randomUUID().replaceAll('-', '')}`;
}
