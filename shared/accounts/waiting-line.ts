import type { WorkKind } from '../chat/upstream.ts';
import type { After } from './timers.ts';

/** What came of an attempt to serve a caller: a choice, `later` while that may change by itself soon, else `never`. */
export type Attempted<Choice> = { readonly chosen: Choice } | 'later' | 'never';

/** A caller who wants an account. */
export interface Waiter<Choice> {
  /** The order in which callers are served. */
  readonly arrived: number;
  readonly kind: WorkKind;
  /** Whether any account will do, so that callers behind with the same wish need not try when this one can't be served. */
  readonly plain: boolean;
  readonly attempt: () => Attempted<Choice>;
  /** How long to wait in all, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
}

function sameWish(one: Waiter<unknown>, other: Waiter<unknown>): boolean {
  return one.plain && other.plain && one.kind === other.kind;
}

interface Standing<Choice> {
  readonly waiter: Waiter<Choice>;
  readonly leave: (choice: Choice | undefined) => void;
}

export interface WaitingLineOptions {
  readonly after: After;
  /** Milliseconds until another try makes sense. */
  readonly nextTry: () => number;
  /** Learns what other instances have done, before another try. */
  readonly look: () => Promise<unknown>;
}

/**
 * The callers of one instance for whom there is no account at the moment, in the order in which they came. They try
 * whenever an account is given back, and when one is expected to be.
 */
export class WaitingLine<Choice> {
  readonly #options: WaitingLineOptions;
  #line: Standing<Choice>[] = [];
  #callOff: (() => void) | undefined;

  constructor(options: WaitingLineOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#line.length;
  }

  /**
   * Stands in line, behind those who came earlier. Serves at once when there is something for the caller.
   *
   * @returns the choice; `undefined` when there is nothing to wait for, or waiting took too long.
   * @throws the signal's reason once it is aborted.
   */
  wait(waiter: Waiter<Choice>): Promise<Choice | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Choice | undefined>();
    const { signal } = waiter;
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const cleanUp = () => {
      this.#line = this.#line.filter((other) => other !== standing);
      callOff();
      signal?.removeEventListener('abort', abort);
    };
    const leave = (choice: Choice | undefined) => {
      cleanUp();
      resolve(choice);
    };
    const abort = () => {
      cleanUp();
      reject(signal?.reason);
    };
    const standing = { waiter, leave };
    const callOff = this.#options.after(waiter.patience, () => leave(undefined));
    signal?.addEventListener('abort', abort, { once: true });
    const behind = this.#line.findLastIndex((other) => other.waiter.arrived < waiter.arrived);
    // Nothing has changed for those who wait already, and what they wait for is not for those behind them.
    const hopeless =
      waiter.plain && this.#line.slice(0, behind + 1).some(({ waiter: earlier }) => sameWish(earlier, waiter));
    this.#line.splice(behind + 1, 0, standing);
    if (!hopeless) this.advance();
    return promise;
  }

  /** Lets everybody try once, in their order: an account may have been given back. */
  advance(): void {
    const hopes = new Map<WorkKind, 'later' | 'never'>();
    for (const { waiter, leave } of [...this.#line]) {
      const known = waiter.plain ? hopes.get(waiter.kind) : undefined;
      const attempted = known ?? waiter.attempt();
      if (typeof attempted === 'object') leave(attempted.chosen);
      else {
        if (waiter.plain) hopes.set(waiter.kind, attempted);
        if (attempted === 'never') leave(undefined);
      }
    }
    this.#lookAgain();
  }

  #lookAgain(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (this.#line.length === 0) return;
    this.#callOff = this.#options.after(this.#options.nextTry(), () => {
      // Without news the tries go on with what is known.
      this.#options.look().then(
        () => this.advance(),
        () => this.advance(),
      );
    });
  }
}
