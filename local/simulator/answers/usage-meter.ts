/** Counts the tokens of one answer, and writes them as the upstream does (qwen-web §4.3 "usage"). */
export class UsageMeter {
  #input: number;
  #output = 0;
  #reasoning: number | undefined;
  readonly #imageTokens: number;
  #head = '';
  #middle = '';
  #details = '';

  /**
   * @param input tokens of the prompt, the hidden one included.
   * @param imageTokens the part of `input` that pictures take; the vision form of the counts is written when not 0.
   */
  constructor(input: number, imageTokens = 0) {
    this.#input = input;
    this.#imageTokens = imageTokens;
    this.#prepare();
  }

  addOutput(tokens: number): void {
    this.#output += tokens;
  }

  addReasoning(tokens: number): void {
    this.#output += tokens;
    this.#reasoning = (this.#reasoning ?? 0) + tokens;
    this.#prepare();
  }

  /** Starts again after a tool, with what the tool found added to the input. */
  restart(input: number): void {
    this.#input = input;
    this.#output = 0;
    this.#reasoning = this.#reasoning === undefined ? undefined : 0;
    this.#prepare();
  }

  /** The counts as JSON. */
  json(): string {
    const total = this.#input + this.#output;
    if (this.#imageTokens > 0) {
      const text = this.#output - (this.#reasoning ?? 0);
      return `${this.#head}${this.#output}${this.#middle}${total}${this.#details}${text}}, "image_tokens": ${this.#imageTokens}}`;
    }
    return `${this.#head}${this.#output}${this.#middle}${total}${this.#details}${this.#output}}}`;
  }

  #prepare(): void {
    const reasoning = this.#reasoning === undefined ? '' : `"reasoning_tokens": ${this.#reasoning}, `;
    const output = `"output_tokens_details": {${reasoning}"text_tokens": `;
    this.#head = `{"input_tokens": ${this.#input}, "output_tokens": `;
    if (this.#imageTokens > 0) {
      const text = this.#input - this.#imageTokens;
      this.#middle = `, "characters": 0, "input_tokens_details": {"image_tokens": ${this.#imageTokens}, "text_tokens": ${text}}, "prompt_tokens_details": {"cached_tokens": 0}, "total_tokens": `;
      this.#details = `, ${output}`;
      return;
    }
    this.#middle = ', "characters": 0, "total_tokens": ';
    this.#details = `, "input_tokens_details": {"text_tokens": ${this.#input}}, ${output}`;
  }
}

/** A rough count of tokens: the simulator has no tokenizer, and nobody should rely on exact numbers. */
export function countTokens(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}
