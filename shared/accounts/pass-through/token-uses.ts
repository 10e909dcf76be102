import type { TokenMark } from './token-marks.ts';

/** What one instance knows of a token, by its id. The token itself is not kept. */
interface TokenUse {
  inFlight: number;
  /** No request begins before, in epoch milliseconds. */
  spacedUntil: number;
  mark: TokenMark | undefined;
}

/** Anybody can make up tokens, so only those that were used last are known. */
const mostTokens = 1000;
const longestLook = 1000;

export interface TokenUsesOptions {
  readonly maxInFlight: number;
  /** Milliseconds. */
  readonly spacing: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Who is busy, and who has met what: in the memory of this instance only. */
export class TokenUses {
  readonly #options: TokenUsesOptions;
  // The one that was heard of longest ago comes first.
  readonly #uses = new Map<string, TokenUse>();

  constructor(options: TokenUsesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#uses.size;
  }

  /** What the token has met, until that is over. */
  markOf(id: string): TokenMark | undefined {
    const mark = this.#uses.get(id)?.mark;
    return mark !== undefined && mark.until > this.#options.now() ? mark : undefined;
  }

  hasRoom(id: string): boolean {
    const { maxInFlight, now } = this.#options;
    const use = this.#uses.get(id);
    return use === undefined || (use.inFlight < maxInFlight && use.spacedUntil <= now());
  }

  begin(id: string): void {
    const { spacing, now } = this.#options;
    const { inFlight = 0, mark } = this.#uses.get(id) ?? {};
    this.#set(id, { inFlight: inFlight + 1, spacedUntil: now() + spacing, mark });
  }

  end(id: string): void {
    const use = this.#uses.get(id);
    if (use !== undefined) use.inFlight -= 1;
  }

  /** @param mark `undefined` after a good answer. */
  mark(id: string, mark: TokenMark | undefined): void {
    const { inFlight = 0, spacedUntil = 0 } = this.#uses.get(id) ?? {};
    if (mark !== undefined || this.#uses.has(id)) this.#set(id, { inFlight, spacedUntil, mark });
  }

  /** Milliseconds until the next token may begin again after its last beginning, a second at most. */
  nextRoom(): number {
    const now = this.#options.now();
    let soonest = now + longestLook;
    for (const { spacedUntil } of this.#uses.values()) {
      if (spacedUntil > now && spacedUntil < soonest) soonest = spacedUntil;
    }
    return soonest - now;
  }

  #set(id: string, use: TokenUse): void {
    this.#uses.delete(id);
    this.#uses.set(id, use);
    if (this.#uses.size > mostTokens) this.#forgetOldest();
  }

  #forgetOldest(): void {
    for (const [id, { inFlight }] of this.#uses) {
      if (inFlight > 0) continue;
      this.#uses.delete(id);
      return;
    }
  }
}
