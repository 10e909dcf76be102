import { once } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { batchOutput } from '../../../local/batch-output.ts';

/** Notes what each write to the system would hold. */
class Output extends Writable {
  readonly writes: string[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#note(chunk.toString());
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#note(chunks.map(({ chunk }) => chunk.toString()).join(''));
    done();
  }

  #note(text: string): void {
    this.writes.push(text);
    this.emit('written');
  }
}

const never = 2 ** 30;

describe('batchOutput', () => {
  it('writes the lines of a moment at once, in their order', async () => {
    const output = new Output();
    const stop = batchOutput(output, 1);
    const written = once(output, 'written');
    output.write('one\n');
    output.write('two\n');
    expect(output.writes).toEqual([]);
    await written;
    expect(output.writes).toEqual(['one\ntwo\n']);
    stop();
  });

  it('goes on collecting after a write', async () => {
    const output = new Output();
    const stop = batchOutput(output, 1);
    output.write('one\n');
    await once(output, 'written');
    const written = once(output, 'written');
    output.write('two\n');
    output.write('three\n');
    await written;
    expect(output.writes).toEqual(['one\n', 'two\nthree\n']);
    stop();
  });

  it('writes what is left when it is stopped, and then writes at once', () => {
    const output = new Output();
    const stop = batchOutput(output, never);
    output.write('left\n');
    stop();
    expect(output.writes).toEqual(['left\n']);
    output.write('later\n');
    expect(output.writes).toEqual(['left\n', 'later\n']);
  });

  it('writes what is left when the process exits', () => {
    const before = new Set(process.listeners('exit'));
    const output = new Output();
    batchOutput(output, never);
    output.write('last words\n');
    const [listener] = process.listeners('exit').filter((candidate) => !before.has(candidate));
    expect(listener).toBeDefined();
    listener?.(0);
    expect(output.writes).toEqual(['last words\n']);
    expect(process.listeners('exit')).toHaveLength(before.size);
  });
});
