import { EventEmitter } from 'node:events';
import type { Answer } from '../front-door/answer.ts';
import { bareHead, type ResponseHead } from '../front-door/response-head.ts';

type Done = () => void;

/**
 * The response stream of a handler that runs in this process. Like the real one it is no Writable: it has the members
 * that handlers use, and the head waits for the first write.
 *
 * Where AWS says nothing when the client leaves, this emits `close`; from then on writes are dropped and return false.
 */
export class ResponseStream extends EventEmitter {
  readonly #answer: Answer;
  readonly writableHighWaterMark = 64 * 1024;
  writableEnded = false;
  writableFinished = false;
  /** Whether something was written before the end; without it AWS would lose status and headers. */
  written = false;

  constructor(answer: Answer) {
    super();
    this.#answer = answer;
    answer.onClose(() => this.emit('close'));
  }

  get writable(): boolean {
    return !this.writableEnded && this.#answer.ending === 'open';
  }

  get destroyed(): boolean {
    return this.#answer.ending !== 'open';
  }

  /** What `HttpResponseStream.from` was given. */
  setHead(head: ResponseHead): void {
    this.#answer.setHead(head);
  }

  setContentType(contentType: string): void {
    this.#answer.setHead({ statusCode: bareHead.statusCode, headers: { 'content-type': contentType } });
  }

  /** @returns false when the caller should wait for `drain` (or `close`). */
  write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean {
    this.written = true;
    const accepted = this.#answer.write(typeof encoding === 'string' ? decode(chunk, encoding) : chunk);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback !== undefined) process.nextTick(callback);
    if (!accepted) this.#announceRoom();
    return accepted;
  }

  end(chunk?: string | Uint8Array | Done, encoding?: BufferEncoding | Done, done?: Done): this {
    if (this.writableEnded) return this;
    if (chunk !== undefined && typeof chunk !== 'function')
      this.#answer.write(typeof encoding === 'string' ? decode(chunk, encoding) : chunk);
    this.writableEnded = true;
    const callback = [chunk, encoding, done].find((argument): argument is Done => typeof argument === 'function');
    this.#answer.end(() => {
      this.writableFinished = true;
      this.emit('finish');
      callback?.();
    });
    return this;
  }

  /** Breaks the answer off. On AWS this kills the environment, so no function may count on it. */
  destroy(): this {
    this.#answer.fail(502, 'Internal Server Error');
    return this;
  }

  /** A writer that began to wait after the client left would wait for ever, so both events come again. */
  #announceRoom(): void {
    if (this.#answer.ending === 'open') {
      this.#answer.onceWritable(() => this.emit('drain'));
      return;
    }
    process.nextTick(() => {
      this.emit('close');
      this.emit('drain');
    });
  }
}

function decode(chunk: string | Uint8Array, encoding: BufferEncoding): string | Uint8Array {
  return typeof chunk === 'string' && encoding !== 'utf8' && encoding !== 'utf-8'
    ? Buffer.from(chunk, encoding)
    : chunk;
}
