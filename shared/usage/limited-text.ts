/** Characters that are kept of one side of a request: what is longer is hardly read by anybody. */
const limit = 500_000;

/** A text that grows piece by piece, up to a limit. */
export class LimitedText {
  readonly #pieces: string[] = [];
  #length = 0;

  add(piece: string): void {
    const room = limit - this.#length;
    if (room > 0) this.#pieces.push(piece.slice(0, room));
    this.#length += piece.length;
  }

  /** What was added, with a word about what was left out. */
  get text(): string {
    const missing = this.#length - limit;
    return this.#pieces.join('') + (missing > 0 ? `\n[${missing} more characters]` : '');
  }
}
