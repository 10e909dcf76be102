import { once } from 'node:events';
import { Writable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventStreamResponse, jsonResponse, type StreamedBody } from '../../../shared/http/http-response.ts';
import { writeResponse } from '../../../shared/http/write-response.ts';

/** A response stream as Lambda's runtime has it: the head goes out with the first write, and is lost without one. */
class LambdaStream extends Writable {
  head: unknown;
  sentHead: unknown;
  readonly chunks: string[] = [];
  /** Holds back every chunk until `release`, as a slow reader does. */
  held: (() => void) | undefined;
  slow = false;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.sentHead = this.head;
    this.chunks.push(chunk.toString());
    this.emit('chunk');
    if (this.slow) this.held = done;
    else done();
  }

  get text(): string {
    return this.chunks.join('');
  }
}

beforeAll(() => {
  const from = (stream: Writable, head: unknown) => Object.assign(stream, { head });
  Object.assign(globalThis, { awslambda: { HttpResponseStream: { from } } });
});

function streamed(pieces: AsyncIterable<string>, more: Partial<StreamedBody> = {}) {
  return eventStreamResponse({ pieces, idle: () => 'idle;', idleAfter: 60_000, abandon: () => {}, ...more });
}

async function* piecesOf(...pieces: string[]) {
  yield* pieces;
}

describe('writeResponse', () => {
  it.each([
    ['a body', { ok: true }, 200],
    ['an empty body', {}, 404],
  ])('sends status and headers with %s', async (_what, body, status) => {
    const stream = new LambdaStream();
    await writeResponse(stream, jsonResponse(body, status));
    expect(stream.sentHead).toMatchObject({
      statusCode: status,
      headers: { 'content-type': expect.stringContaining('json') },
    });
    expect(stream.writableFinished).toBe(true);
  });

  it('sends the head of an answer without a body', async () => {
    const stream = new LambdaStream();
    await writeResponse(stream, { statusCode: 204, headers: {}, body: '' });
    expect(stream.sentHead).toMatchObject({ statusCode: 204 });
  });

  it('writes pieces in order and ends', async () => {
    const stream = new LambdaStream();
    await writeResponse(stream, streamed(piecesOf('a', 'b', 'c')));
    expect(stream.text).toBe('abc');
    expect(stream.writableFinished).toBe(true);
  });

  it('asks for no more than a slow reader takes', async () => {
    const stream = new LambdaStream({ highWaterMark: 1 });
    stream.slow = true;
    let asked = 0;
    async function* pieces() {
      for (asked = 1; asked <= 3; asked += 1) yield `piece ${asked};`;
    }
    const written = writeResponse(stream, streamed(pieces()));
    for (let taken = 1; taken <= 3; taken += 1) {
      if (stream.chunks.length < taken) await once(stream, 'chunk');
      expect(asked).toBe(taken);
      stream.held?.();
    }
    await written;
    expect(stream.text).toBe('piece 1;piece 2;piece 3;');
  });

  it('keeps a silent stream alive, and stops with its end', async () => {
    const stream = new LambdaStream();
    const { promise, resolve } = Promise.withResolvers<void>();
    async function* pieces() {
      yield 'first;';
      await promise;
      yield 'last;';
    }
    const written = writeResponse(stream, streamed(pieces(), { idleAfter: 1 }));
    while (!stream.text.includes('idle;idle;')) await once(stream, 'chunk');
    resolve();
    await written;
    expect(stream.text).toMatch(/^first;(idle;)+last;$/);
  });

  it('tells the maker of the pieces when the reader leaves, and returns', async () => {
    const stream = new LambdaStream();
    const leaving = new AbortController();
    let tidied = false;
    async function* pieces() {
      try {
        yield 'first;';
        await once(leaving.signal, 'abort');
        yield 'never read;';
      } finally {
        tidied = true;
      }
    }
    const written = writeResponse(stream, streamed(pieces(), { abandon: () => leaving.abort() }));
    await once(stream, 'chunk');
    stream.destroy();
    await written;
    expect(tidied).toBe(true);
    expect(stream.text).toBe('first;');
  });

  it('does not wait for a slow reader that has left', async () => {
    const stream = new LambdaStream({ highWaterMark: 1 });
    stream.slow = true;
    const written = writeResponse(stream, streamed(piecesOf('a', 'b', 'c')));
    await once(stream, 'chunk');
    stream.destroy(new Error('connection reset'));
    await written;
    expect(stream.text).toBe('a');
  });
});
