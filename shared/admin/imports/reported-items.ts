/**
 * Which items of an import a reader has been told of, as text: a bit for each, in base64url. It is the id of every
 * event, so that a reader who comes back with it is told of all the others, each once, whoever serves them then.
 */
export class ReportedItems {
  readonly #bits: Buffer;

  /** @param lastEventId what the reader sent back; anything that is none counts as nothing. */
  constructor(total: number, lastEventId = '') {
    this.#bits = Buffer.alloc(Math.ceil(total / 8));
    Buffer.from(lastEventId, 'base64url').copy(this.#bits);
  }

  has(item: number): boolean {
    return ((this.#bits[item >> 3] ?? 0) & (1 << (item & 7))) !== 0;
  }

  add(item: number): void {
    this.#bits[item >> 3] = (this.#bits[item >> 3] ?? 0) | (1 << (item & 7));
  }

  get id(): string {
    return this.#bits.toString('base64url');
  }
}
