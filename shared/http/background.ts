import type { Logger } from '../logging/logger.ts';

/**
 * Work that goes on after the answer is out. Lambda freezes a function when its handler is done, so the handler waits
 * for this work; the caller does not.
 */
export class Background {
  readonly #logger: Logger;
  readonly #work = new Set<Promise<void>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param name what the log calls it when it fails; a failure has no other effect. */
  add(name: string, work: Promise<unknown>): void {
    const settled = work.then(
      () => {},
      (error: unknown) => this.#logger.warn('background work failed', { work: name, error }),
    );
    const tracked = settled.then(() => {
      this.#work.delete(tracked);
    });
    this.#work.add(tracked);
  }

  /** Resolves when all of it is done, also what was added meanwhile. Never rejects. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }
}
