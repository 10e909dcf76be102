/** The connection that a body comes from. */
export interface BodySource {
  pause(): void;
  resume(): void;
  /** Closes the connection. */
  abort(reason: Error): void;
}

/** Bytes that may wait for their reader before the connection is told to wait too. */
const waitingLimit = 64 * 1024;

/**
 * The body of an answer as the network brings it. No stream on purpose: a stream passes each read on over several turns
 * of the event loop, which costs more than what is done with the bytes.
 */
export class ResponseBody {
  readonly #source: BodySource;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isDropped = false;
  #isOver = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /**
   * Waits for something to read.
   *
   * @returns all that has come since the last call; `undefined` at the end.
   * @throws what broke the connection, after everything that came before.
   */
  async next(): Promise<readonly Buffer[] | undefined> {
    if (this.#waiting.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#waiting.length > 0) return this.#handOver();
    if (this.#failure !== undefined) throw this.#failure;
    return undefined;
  }

  /** Closes the connection, unless all has come. */
  close(): void {
    this.#drop();
    if (!this.#isOver) this.#source.abort(new Error('The rest of the answer is not wanted.'));
  }

  /**
   * Lets the rest pass unread, so that the connection can be used again.
   *
   * @param withinMilliseconds after which the connection is closed all the same.
   */
  release(withinMilliseconds: number): void {
    this.#drop();
    if (this.#isOver) return;
    this.#expiry = setTimeout(() => this.close(), withinMilliseconds);
    this.#expiry.unref();
    this.#source.resume();
  }

  /** For the connection: one read of the network. */
  push(bytes: Buffer): void {
    if (this.#isDropped) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= waitingLimit) this.#source.pause();
    this.#resume();
  }

  /** For the connection: nothing more comes. @param failure what broke it; none when it came to its end in order. */
  end(failure?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    clearTimeout(this.#expiry);
    this.#resume();
  }

  #handOver(): readonly Buffer[] {
    const reads = this.#waiting;
    const mayGoOn = this.#waitingBytes >= waitingLimit;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (mayGoOn) this.#source.resume();
    return reads;
  }

  #drop(): void {
    this.#isDropped = true;
    this.#waiting = [];
  }

  #resume(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
