import type { GatheredCall } from './gathered-call.ts';

/** Text of one kind, as it grows. */
interface TextPart {
  readonly thought?: true;
  text: string;
}

/** The parts of a whole answer, in the order in which they came. */
export class AnswerParts {
  readonly #parts: object[] = [];
  #last: TextPart | undefined;
  #hasText = false;

  /** Whether any text has come that is no thought. */
  get hasText(): boolean {
    return this.#hasText;
  }

  addText(text: string): void {
    if (text === '') return;
    this.#hasText = true;
    if (this.#last === undefined || this.#last.thought) this.#open({ text });
    else this.#last.text += text;
  }

  addThought(text: string): void {
    if (text === '') return;
    if (this.#last?.thought) this.#last.text += text;
    else this.#open({ thought: true, text });
  }

  addCall(call: GatheredCall): void {
    this.#parts.push(call.part());
    this.#last = undefined;
  }

  /** At least one part, which may be empty text. */
  all(): readonly object[] {
    return this.#parts.length === 0 ? [{ text: '' }] : this.#parts;
  }

  #open(part: TextPart): void {
    this.#parts.push(part);
    this.#last = part;
  }
}
