type Close = () => Promise<unknown> | unknown;

/** Ends things in the opposite order of their start; one that fails does not keep the others open. */
export class CloseStack {
  readonly #entries: Close[] = [];
  #closing: Promise<void> | undefined;

  add(close: Close): void {
    this.#entries.push(close);
  }

  /**
   * Ends everything, once; a second call waits for the first.
   *
   * @throws AggregateError with what failed.
   */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#entries.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be ended.');
  }
}
