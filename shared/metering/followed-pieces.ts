/** Gives what another iterator gives, and tells of its end, without a step more for each piece than must be. */
export class FollowedPieces implements AsyncIterableIterator<string> {
  readonly #source: AsyncIterator<string>;
  readonly #onEnd: (isWhole: boolean) => Promise<void>;

  /** @param onEnd is waited for. Never rejects. */
  constructor(pieces: AsyncIterable<string>, onEnd: (isWhole: boolean) => Promise<void>) {
    this.#source = pieces[Symbol.asyncIterator]();
    this.#onEnd = onEnd;
  }

  async next(): Promise<IteratorResult<string>> {
    const next = await this.#source.next();
    if (next.done === true) await this.#onEnd(true);
    return next;
  }

  async return(): Promise<IteratorResult<string>> {
    await this.#source.return?.();
    await this.#onEnd(false);
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
