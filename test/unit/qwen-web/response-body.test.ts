import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BodySource, ResponseBody } from '../../../shared/upstreams/qwen-web/response-body.ts';

/** A connection that notes what it is told. */
class Connection implements BodySource {
  readonly told: string[] = [];
  readonly body = new ResponseBody(this);

  pause(): void {
    this.told.push('pause');
  }

  resume(): void {
    this.told.push('resume');
  }

  abort(reason: Error): void {
    this.told.push('abort');
    this.body.end(reason);
  }
}

async function readAll(body: ResponseBody): Promise<string> {
  const pieces: Buffer[] = [];
  for (let reads = await body.next(); reads !== undefined; reads = await body.next()) {
    expect(reads.length).toBeGreaterThan(0);
    pieces.push(...reads);
  }
  return Buffer.concat(pieces).toString();
}

const block = Buffer.alloc(64 * 1024, 'x');

describe('ResponseBody', () => {
  it('gives every byte once and in order, however reading and sending take turns', async () => {
    const turns = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.boolean()));
    await fc.assert(
      fc.asyncProperty(turns, async (sent) => {
        const { body } = new Connection();
        const text = readAll(body);
        for (const [piece, pauses] of sent) {
          body.push(Buffer.from(piece));
          if (pauses) await nextTurn();
        }
        body.end();
        expect(await text).toBe(sent.map(([piece]) => piece).join(''));
      }),
    );
  });

  it('gives what came together at once', async () => {
    const { body } = new Connection();
    body.push(Buffer.from('one'));
    body.push(Buffer.from('two'));
    expect(await body.next()).toEqual([Buffer.from('one'), Buffer.from('two')]);
  });

  it('wakes who waits', async () => {
    const { body } = new Connection();
    const next = body.next();
    body.push(Buffer.from('late'));
    expect(await next).toEqual([Buffer.from('late')]);
  });

  it('holds the connection back when nobody reads, and lets it go on afterwards', async () => {
    const { body, told } = new Connection();
    body.push(Buffer.from('little'));
    expect(told).toEqual([]);
    body.push(block);
    expect(told).toEqual(['pause']);
    await body.next();
    expect(told).toEqual(['pause', 'resume']);
    body.push(Buffer.from('little'));
    await body.next();
    expect(told).toEqual(['pause', 'resume']);
  });

  it('ends with undefined, however often it is asked', async () => {
    const { body } = new Connection();
    body.push(Buffer.from('last'));
    body.end();
    expect(await body.next()).toEqual([Buffer.from('last')]);
    expect(await body.next()).toBeUndefined();
    expect(await body.next()).toBeUndefined();
  });

  it('throws what broke it after what came before', async () => {
    const { body } = new Connection();
    const broken = new Error('broken');
    body.push(Buffer.from('before'));
    body.end(broken);
    expect(await body.next()).toEqual([Buffer.from('before')]);
    await expect(body.next()).rejects.toBe(broken);
  });

  it('keeps its first end', async () => {
    const { body } = new Connection();
    body.end();
    body.end(new Error('late'));
    expect(await body.next()).toBeUndefined();
  });

  it('closes the connection once it is not wanted, and not when all has come', async () => {
    const left = new Connection();
    left.body.push(block);
    left.body.close();
    left.body.close();
    expect(left.told).toEqual(['pause', 'abort']);
    const whole = new Connection();
    whole.body.end();
    whole.body.close();
    whole.body.release(1);
    expect(whole.told).toEqual([]);
  });

  it('lets the rest pass unread', async () => {
    const { body, told } = new Connection();
    body.push(block);
    body.release(60_000);
    body.push(block);
    expect(told).toEqual(['pause', 'resume']);
    body.end();
    expect(await body.next()).toBeUndefined();
  });

  it('closes the connection when the rest does not come', async () => {
    const { promise: aborted, resolve } = Promise.withResolvers<Error>();
    const body = new ResponseBody({ pause: () => {}, resume: () => {}, abort: resolve });
    body.release(1);
    expect((await aborted).message).toContain('not wanted');
  });
});
