import type { ToolCallDelta, ToolCallStart } from '../../chat/event.ts';

/** Gathers the tool calls of a whole answer. */
export class ToolCallList {
  readonly #calls: { start: ToolCallStart; text: string }[] = [];

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  start(start: ToolCallStart): void {
    this.#calls.push({ start, text: '' });
  }

  piece({ text }: ToolCallDelta): void {
    const call = this.#calls.at(-1);
    if (call !== undefined) call.text += text;
  }

  /** `message.tool_calls`. */
  bodies(): readonly object[] {
    return this.#calls.map(({ start: { id, name, input }, text }) =>
      input === 'json'
        ? { id, type: 'function', function: { name, arguments: text } }
        : { id, type: 'custom', custom: { name, input: text } },
    );
  }
}
