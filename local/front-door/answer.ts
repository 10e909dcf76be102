import type { ServerResponse } from 'node:http';
import { bareHead, type ResponseHead } from './response-head.ts';

/** `broken`: given up after the head was out. */
export type Ending = 'open' | 'complete' | 'client-left' | 'broken';

/**
 * The way back to one client, for a function that runs in this process or in another one. It keeps Lambda's rules: the
 * head goes out with the first write, a failure before it becomes Lambda's own error, a later one breaks the connection.
 */
export class Answer {
  readonly #response: ServerResponse;
  #head: ResponseHead = bareHead;
  #broken = false;
  /** `performance.now()` of the first write; `undefined` until then. */
  firstByteAt: number | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Whether status and headers are out. */
  get begun(): boolean {
    return this.firstByteAt !== undefined;
  }

  /** How it ended so far; `open` until the connection is done with it. */
  get ending(): Ending {
    if (this.#response.writableFinished) return 'complete';
    if (this.#broken) return 'broken';
    return this.#response.destroyed ? 'client-left' : 'open';
  }

  get statusCode(): number {
    return this.#head.statusCode;
  }

  /** The gateway's own id of the answer, when the function sent one. */
  get requestId(): string | undefined {
    const id = this.#head.headers['x-request-id'];
    return typeof id === 'string' ? id : undefined;
  }

  /** Kept until the first write. */
  setHead(head: ResponseHead): void {
    if (!this.begun) this.#head = head;
  }

  /** @returns false when the client is slow (wait for `onceWritable`) or gone (the chunk is dropped). */
  write(chunk: string | Uint8Array): boolean {
    if (this.#isOver || !this.#begin()) return false;
    return this.#response.write(chunk);
  }

  /** Sends the head too when nothing was written. `onFinish` is called when the last byte is handed to the system. */
  end(onFinish?: () => void): void {
    if (this.#isOver || !this.#begin()) return;
    this.#response.end(onFinish);
  }

  /** Calls back once, when a slow client takes more or has gone. */
  onceWritable(resume: () => void): void {
    const settle = () => {
      this.#response.off('drain', settle);
      this.#response.off('close', settle);
      resume();
    };
    this.#response.on('drain', settle);
    this.#response.on('close', settle);
  }

  /** Calls back when the connection is done with this answer; see `ending`. */
  onClose(listener: () => void): void {
    this.#response.once('close', listener);
  }

  /**
   * Lambda's own error in Lambda's form, or a broken connection when the head is out already.
   *
   * @param body or only its `message`.
   */
  fail(statusCode: 413 | 502 | 504, body: string | object): void {
    if (this.#isOver) return;
    if (this.begun) {
      this.#broken = true;
      // What was written before still goes out.
      this.#response.socket?.destroySoon();
      return;
    }
    const close = statusCode === 413 ? { connection: 'close' } : {};
    this.#head = { statusCode, headers: { 'content-type': 'application/json', ...close } };
    this.write(JSON.stringify(typeof body === 'string' ? { message: body } : body));
    this.end();
  }

  get #isOver(): boolean {
    return this.#broken || this.#response.destroyed || this.#response.writableEnded;
  }

  #begin(): boolean {
    if (this.firstByteAt !== undefined) return true;
    try {
      this.#response.writeHead(this.#head.statusCode, this.#head.headers);
    } catch {
      // A status or header that HTTP does not allow. Lambda answers such a function with its own error too.
      this.fail(502, 'Internal Server Error');
      return false;
    }
    this.firstByteAt = performance.now();
    return true;
  }
}
