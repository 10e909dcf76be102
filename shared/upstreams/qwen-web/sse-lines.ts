import { UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';

/** Takes the lines of an event stream that mean something. */
export interface LineSink {
  /**
   * One `data:` line, which on this site is always one whole JSON document (qwen-web §4.3).
   *
   * @param isErrorEvent whether an `event: error` line stands before it.
   */
  data(payload: string, isErrorEvent: boolean): void;
  /** A line that is no SSE at all, as the JSON or HTML body of a refusal is. */
  bare(line: string): void;
}

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const byteOrderMark = 0xfeff;
/** Bytes of one line. The longest real ones, search results, are far below. */
const defaultLineLimit = 4 * 1024 * 1024;

/**
 * Cuts the bytes of an event stream into lines, wherever the network cut them. Every line stands for itself:
 * consecutive data lines are never joined, because the site leaves blank lines out at times. Takes time linear in the
 * number of bytes: the pieces of a long line are put together once, when its end comes.
 */
export class SseLines {
  readonly #sink: LineSink;
  readonly #lineLimit: number;
  #pieces: Buffer[] = [];
  #pendingBytes = 0;
  #isErrorEvent = false;
  #isAtStart = true;

  constructor(sink: LineSink, lineLimit: number = defaultLineLimit) {
    this.#sink = sink;
    this.#lineLimit = lineLimit;
  }

  /**
   * Takes one read of the network.
   *
   * @throws UpstreamUnavailableError when a line grows over the limit.
   */
  push(bytes: Buffer): void {
    const end = bytes.lastIndexOf(lineFeed) + 1;
    if (end === 0) {
      this.#keep(bytes);
      return;
    }
    this.#lines(this.#complete(bytes, end));
    if (end < bytes.length) this.#keep(bytes.subarray(end));
  }

  /** Takes what is left when the connection closes: the last line may lack its line feed. */
  end(): void {
    if (this.#pendingBytes > 0) this.#lines(`${this.#complete(Buffer.alloc(0), 0)}\n`);
  }

  #keep(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#pendingBytes += piece.length;
    if (this.#pendingBytes > this.#lineLimit) {
      throw new UpstreamUnavailableError('The upstream sent a line without end.', { upstreamCode: 'line_too_long' });
    }
  }

  #complete(bytes: Buffer, end: number): string {
    if (this.#pendingBytes === 0) return bytes.toString('utf8', 0, end);
    const text = Buffer.concat([...this.#pieces, bytes.subarray(0, end)]).toString('utf8');
    this.#pieces = [];
    this.#pendingBytes = 0;
    return text;
  }

  /** @param block whole lines only. */
  #lines(block: string): void {
    let start = 0;
    if (this.#isAtStart) {
      this.#isAtStart = false;
      if (block.charCodeAt(0) === byteOrderMark) start = 1;
    }
    for (let end = block.indexOf('\n', start); end !== -1; end = block.indexOf('\n', start)) {
      const hasReturn = end > start && block.charCodeAt(end - 1) === carriageReturn;
      this.#line(block, start, hasReturn ? end - 1 : end);
      start = end + 1;
    }
  }

  #line(block: string, start: number, end: number): void {
    if (start === end) {
      this.#isErrorEvent = false;
    } else if (block.startsWith('data:', start)) {
      const from = block.charCodeAt(start + 5) === space ? start + 6 : start + 5;
      if (from < end) this.#sink.data(block.slice(from, end), this.#isErrorEvent);
    } else if (block.startsWith('event:', start)) {
      this.#isErrorEvent = block.slice(start + 6, end).trim() === 'error';
    } else if (block.startsWith('{', start) || block.startsWith('<', start)) {
      this.#sink.bare(block.slice(start, end));
    }
  }
}
