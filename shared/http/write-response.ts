import type { Writable } from 'node:stream';
import type { HttpResponse, StreamedBody } from './http-response.ts';

/**
 * Writes an answer into a Lambda response stream and resolves when it is out, or when the reader has gone.
 *
 * A plain loop on purpose: `pipeline()` into this stream and `destroy()` of it kill the process on the real runtime
 * client, and `end()` without a `write()` loses status and headers.
 */
export async function writeResponse(responseStream: Writable, response: HttpResponse): Promise<void> {
  const { statusCode, headers, body } = response;
  const output = new Output(awslambda.HttpResponseStream.from(responseStream, { statusCode, headers }));
  if (typeof body === 'string') await output.write(body);
  else await writePieces(output, body);
  await output.end();
}

async function writePieces(output: Output, body: StreamedBody): Promise<void> {
  output.onLeave = body.abandon;
  const silence = setTimeout(() => {
    output.nudge(body.idle());
    silence.refresh();
  }, body.idleAfter);
  try {
    for await (const piece of body.pieces) {
      silence.refresh();
      await output.write(piece);
      if (output.left) return;
    }
  } finally {
    clearTimeout(silence);
  }
}

/** The response stream, and whether anybody still reads it. On AWS that can't be seen; on a laptop connections do close. */
class Output {
  readonly #stream: Writable;
  #wake: (() => void) | undefined;
  left = false;
  onLeave: () => void = () => {};

  constructor(stream: Writable) {
    this.#stream = stream;
    const leave = () => this.#leave();
    stream.once('close', leave);
    stream.on('error', leave);
    stream.on('drain', () => this.#resume());
  }

  /** Resolves when the stream takes more, or when the reader has gone. */
  write(piece: string): Promise<void> | undefined {
    if (this.left || this.#stream.write(piece)) return undefined;
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Writes unless a reader is behind already: a slow one needs no sign of life. */
  nudge(piece: string): void {
    if (!this.left && this.#wake === undefined) this.#stream.write(piece);
  }

  end(): Promise<void> | undefined {
    if (this.left) return undefined;
    this.onLeave = () => {};
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#stream.end(resolve);
    });
  }

  #leave(): void {
    if (this.left) return;
    this.left = true;
    this.#resume();
    this.onLeave();
  }

  #resume(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
