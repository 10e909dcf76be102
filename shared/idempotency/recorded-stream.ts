import { setImmediate as turn } from 'node:timers/promises';
import type { Background } from '../http/background.ts';
import type { StreamedBody } from '../http/http-response.ts';
import type { AnswerRecorder } from './answer-recorder.ts';

export interface StreamRecording {
  readonly recorder: AnswerRecorder;
  readonly background: Background;
  /** Whether the stream has told of a failure. */
  readonly isBroken: () => boolean;
}

/**
 * A stream that is written down while it passes. No piece waits for a write, but the last one: when the caller has it, the
 * answer is kept. A caller who leaves does not end it, as they may come back with the same key.
 */
export function recordedStream(body: StreamedBody, recording: StreamRecording): StreamedBody {
  const { recorder, background } = recording;
  let hasBegun = false;
  return { pieces: pieces(), idle, idleAfter: body.idleAfter, abandon: () => {} };

  async function* pieces(): AsyncGenerator<string, void, undefined> {
    const source = new Recorded(body, recording);
    try {
      for (let piece = await source.next(); piece !== undefined; piece = await source.next()) {
        hasBegun = true;
        yield piece;
      }
    } finally {
      if (!source.isOver) {
        // Its own caller hears of no silence any more, but others may.
        recorder.idle(body.idle());
        background.add('finish answer for its Idempotency-Key', source.finish());
      }
    }
  }

  function idle(): string {
    const text = body.idle();
    // Some dialects begin their stream with whatever comes first.
    if (hasBegun) recorder.idle(text);
    else recorder.write(text);
    hasBegun = true;
    return text;
  }
}

/** The pieces of a stream, each written down, and the end noted before its last piece is given away. */
class Recorded {
  readonly #source: AsyncIterator<string>;
  readonly #recording: StreamRecording;
  #coming: Promise<IteratorResult<string, unknown>>;
  isOver = false;

  constructor(body: StreamedBody, recording: StreamRecording) {
    this.#source = body.pieces[Symbol.asyncIterator]();
    this.#recording = recording;
    this.#coming = this.#pull();
  }

  /** @returns the next piece, `undefined` at the end. Throws what the stream throws. */
  async next(): Promise<string | undefined> {
    const { recorder } = this.#recording;
    const { done, value } = await this.#coming;
    if (done === true) {
      await this.#end();
      return undefined;
    }
    recorder.write(value);
    this.#coming = this.#pull();
    // The end comes at once behind the last piece; whatever takes longer is another piece.
    if (await Promise.race([this.#coming.then(isDone, () => false), turn(false)])) await this.#end();
    return value;
  }

  /** Takes the rest of the stream, for nobody. */
  async finish(): Promise<void> {
    while ((await this.next()) !== undefined);
  }

  async #end(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    const { recorder, isBroken } = this.#recording;
    await recorder.end(!isBroken());
  }

  async #pull(): Promise<IteratorResult<string, unknown>> {
    try {
      return await this.#source.next();
    } catch (error) {
      this.isOver = true;
      await this.#recording.recorder.end(false);
      throw error;
    }
  }
}

function isDone({ done }: IteratorResult<string, unknown>): boolean {
  return done === true;
}
