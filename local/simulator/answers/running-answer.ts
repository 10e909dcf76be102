import type { ServerResponse } from 'node:http';

/** Why an answer ends before its last part. */
export type Interruption = 'stopped' | 'deleted' | 'client-gone' | 'reset';

/** An answer that is being written. Everything it may wait for ends at once when it is interrupted. */
export class RunningAnswer {
  readonly chatId: string;
  readonly responseId: string;
  /** Address of the account. */
  readonly account: string;
  readonly model: string;
  chunks = 0;
  #interruption: Interruption | undefined;
  #wake: (() => void) | undefined;
  #stalled = false;

  constructor(identity: { chatId: string; responseId: string; account: string; model: string }) {
    this.chatId = identity.chatId;
    this.responseId = identity.responseId;
    this.account = identity.account;
    this.model = identity.model;
  }

  get interruption(): Interruption | undefined {
    return this.#interruption;
  }

  get stalled(): boolean {
    return this.#stalled;
  }

  /** Ends the answer; the first reason counts. */
  interrupt(reason: Interruption): void {
    this.#interruption ??= reason;
    this.#wake?.();
  }

  /** Ends a stall, if there is one. */
  release(): void {
    if (this.#stalled) {
      this.#wake?.();
    }
  }

  /** Waits, but not for longer than the answer lives. */
  async pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await this.#wait((wake) => {
      timer = setTimeout(wake, ms);
    });
    clearTimeout(timer);
  }

  /** Falls silent until released, or for `ms`. */
  async stall(ms: number | undefined): Promise<void> {
    this.#stalled = true;
    await (ms === undefined ? this.#wait(() => undefined) : this.pause(ms));
    this.#stalled = false;
  }

  /** Waits until a response takes more bytes. */
  async drained(response: ServerResponse): Promise<void> {
    let onDrain: (() => void) | undefined;
    await this.#wait((wake) => {
      onDrain = wake;
      response.once('drain', wake);
    });
    if (onDrain !== undefined) {
      response.off('drain', onDrain);
    }
  }

  #wait(start: (wake: () => void) => void): Promise<void> {
    if (this.#interruption !== undefined) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#wake = resolve;
      start(resolve);
    });
  }
}
