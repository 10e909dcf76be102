const delimiter = Buffer.alloc(8);
/** Lambda's own limit is not published; no head of ours comes near it. */
const limit = 64 * 1024;

/** The head of a streamed answer, and the bytes of the body that came with it. */
export interface Prelude {
  readonly metadata: unknown;
  readonly rest: Buffer;
}

/** Splits off what goes before the body: a JSON object and eight NUL bytes, which may arrive in any pieces. */
export class PreludeReader {
  #seen = Buffer.alloc(0);

  /**
   * @returns `undefined` until the whole prelude is here; not to be called again after that.
   * @throws Error when it is too long, SyntaxError when it is no JSON.
   */
  push(chunk: Buffer): Prelude | undefined {
    this.#seen = this.#seen.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#seen, chunk]);
    const end = this.#seen.indexOf(delimiter);
    if (end < 0) {
      if (this.#seen.length > limit) throw new Error('The prelude of a streamed answer does not end.');
      return undefined;
    }
    const metadata: unknown = JSON.parse(this.#seen.toString('utf8', 0, end));
    return { metadata, rest: this.#seen.subarray(end + delimiter.length) };
  }
}
