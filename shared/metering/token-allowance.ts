import { nothing } from './amounts.ts';
import type { Held } from './held.ts';

/** Tokens of an answer that are reserved before it begins, and by how many they grow at first and at most. */
export const firstPiece = 2048;
const largestPiece = 8192;

export interface TokenAllowanceOptions {
  readonly held: Held;
  /** What the caller itself allows for the answer. */
  readonly mostOutput: number | undefined;
  /** Told of what goes on beside the answer. */
  readonly background: (work: Promise<unknown>) => void;
}

/** How many tokens a request may use: what is reserved for it, which grows ahead of what it needs. */
export class TokenAllowance {
  readonly #options: TokenAllowanceOptions;
  #piece = firstPiece;
  #growing: Promise<void> | undefined;
  #isSpent = false;

  constructor(options: TokenAllowanceOptions) {
    this.#options = options;
  }

  get tokens(): number {
    return this.#options.held.reservation.amounts.tokens;
  }

  /**
   * Sees to it that so many tokens are reserved, if they can be.
   *
   * @param prompt tokens, as far as they are known.
   * @returns `undefined` when there is nothing to wait for.
   */
  cover(prompt: number, output: number): Promise<void> | undefined {
    const { mostOutput = Number.POSITIVE_INFINITY } = this.#options;
    const needed = prompt + output;
    const most = prompt + mostOutput;
    const isShort = this.tokens < needed;
    // The next piece is asked for when half of the last one is left.
    const isLow = this.tokens - needed < this.#piece / 2 && this.tokens < most;
    if (this.#isSpent || (!isShort && !isLow)) return undefined;
    this.#growing ??= this.#grow(Math.min(most, Math.max(this.tokens, needed) + this.#piece) - this.tokens);
    return isShort ? this.#growing.then(() => this.cover(prompt, output)) : undefined;
  }

  #grow(tokens: number): Promise<void> {
    const { held, background } = this.#options;
    this.#piece = Math.min(largestPiece, this.#piece * 2);
    const growing = held.grow({ ...nothing, tokens: Math.max(1, Math.ceil(tokens)) });
    background(growing);
    return growing
      .then((hasGrown) => {
        if (!hasGrown) this.#isSpent = true;
      })
      .catch(() => {
        // A store that fails lets an answer end early rather than run on uncounted.
        this.#isSpent = true;
      })
      .finally(() => {
        this.#growing = undefined;
      });
  }
}
