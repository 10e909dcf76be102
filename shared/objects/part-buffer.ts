import { ObjectTooLargeError } from './object-store-errors.ts';

/** Bytes of a part; S3 takes none below 5 MiB but the last one. */
export const partSize = 8 * 1024 * 1024;

/** Gathers pieces of any size into parts of one size, always in the same memory. */
export class PartBuffer {
  readonly #limit: number;
  #bytes = Buffer.alloc(0);
  #filled = 0;
  #total = 0;

  /** @param limit bytes of all pieces. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes of all pieces. */
  get total(): number {
    return this.#total;
  }

  /** What is gathered of a part that is not full. */
  get rest(): Buffer {
    return this.#bytes.subarray(0, this.#filled);
  }

  /**
   * Gives each part when it is full; it is to be used up before the next one is asked for.
   *
   * @throws ObjectTooLargeError
   */
  *fill(piece: Uint8Array): Generator<Buffer, void> {
    this.#total += piece.length;
    if (this.#total > this.#limit) throw new ObjectTooLargeError(this.#limit);
    let taken = 0;
    while (taken < piece.length) {
      this.#makeRoom(this.#filled + piece.length - taken);
      const length = Math.min(this.#bytes.length - this.#filled, piece.length - taken);
      this.#bytes.set(piece.subarray(taken, taken + length), this.#filled);
      this.#filled += length;
      taken += length;
      if (this.#filled < partSize) continue;
      yield this.#bytes;
      this.#filled = 0;
    }
  }

  /** Small objects are not to cost a whole part: the memory doubles until it has the size of one. */
  #makeRoom(wanted: number): void {
    if (wanted <= this.#bytes.length || this.#bytes.length === partSize) return;
    const size = Math.min(partSize, Math.max(wanted, this.#bytes.length * 2, 64 * 1024));
    const larger = Buffer.allocUnsafeSlow(size);
    this.#bytes.copy(larger, 0, 0, this.#filled);
    this.#bytes = larger;
  }
}
