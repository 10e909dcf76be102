import type { CallerToken } from '../../chat/caller-token.ts';
import type { AccountLimits, LeaseWait } from '../lease.ts';
import { type After, afterUnref } from '../timers.ts';
import { type Attempted, WaitingLine } from '../waiting-line.ts';
import { TokenUses } from './token-uses.ts';

export interface TokenDeskOptions {
  readonly limits: AccountLimits;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly after?: After;
}

/** What a request wants of the desk. */
export interface TokenWish extends LeaseWait {
  /** Chooses, and keeps the choice from others by `begin`. */
  readonly attempt: () => Attempted<CallerToken>;
}

/** Keeps this instance's requests by brought tokens to the same limits as those by the gateway's own accounts. */
export class TokenDesk {
  readonly uses: TokenUses;
  readonly #limits: AccountLimits;
  readonly #line: WaitingLine<CallerToken>;
  readonly #now: () => number;
  #arrivals = 0;

  constructor({ limits, now = Date.now, after = afterUnref }: TokenDeskOptions) {
    this.uses = new TokenUses({ ...limits, now });
    this.#limits = limits;
    this.#now = now;
    // Nothing is shared with other instances, so there is nothing to look at.
    this.#line = new WaitingLine({ after, nextTry: () => this.uses.nextRoom(), look: () => Promise.resolve() });
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#now();
  }

  /** @returns `undefined` when there is nothing to wait for, or waiting took too long. @throws the signal's reason. */
  wait({ attempt, patience = Number.POSITIVE_INFINITY, signal }: TokenWish): Promise<CallerToken | undefined> {
    return this.#line.wait({
      arrived: this.#arrivals++,
      kind: 'chat',
      plain: false,
      attempt,
      patience: Math.min(this.#limits.wait, patience),
      signal,
    });
  }

  /** A use is over. */
  end(token: CallerToken): void {
    this.uses.end(token.id);
    this.#line.advance();
  }
}
