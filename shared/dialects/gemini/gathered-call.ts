import type { ToolCallStart } from '../../chat/event.ts';
import { parseCallInput } from '../call-input.ts';

/** A call's part is whole or not there: its arguments are gathered until they are an object. */
export class GatheredCall {
  readonly #start: ToolCallStart;
  #text = '';

  constructor(start: ToolCallStart) {
    this.#start = start;
  }

  add(text: string): void {
    this.#text += text;
  }

  /** @throws ToolCallInvalidError when the arguments are no JSON. */
  part(): object {
    const { id, name } = this.#start;
    return { functionCall: { id, name, args: parseCallInput(this.#text) } };
  }
}
