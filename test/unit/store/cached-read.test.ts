import { beforeEach, describe, expect, it } from 'vitest';
import { CachedRead } from '../../../shared/store/cached-read.ts';

let time = 0;
let loads: PromiseWithResolvers<string>[] = [];
let cached: CachedRead<string>;

beforeEach(() => {
  time = 1_000_000;
  loads = [];
  cached = new CachedRead({
    load: () => {
      const load = Promise.withResolvers<string>();
      loads.push(load);
      return load.promise;
    },
    freshForMilliseconds: 100,
    staleForMilliseconds: 1000,
    now: () => time,
  });
});

async function loaded(value: string): Promise<void> {
  loads.at(-1)?.resolve(value);
  await cached.idle();
}

describe('CachedRead', () => {
  it('waits for the first load, once for all', async () => {
    const readers = [cached.current(), cached.current(), cached.reload()];
    await loaded('a');
    expect(await Promise.all(readers)).toEqual(['a', 'a', 'a']);
    expect(loads).toHaveLength(1);
  });

  it('gives a fresh value at once, without a load', async () => {
    cached.current();
    await loaded('a');
    time += 99;
    expect(cached.current()).toBe('a');
    expect(loads).toHaveLength(1);
  });

  it('gives a stale value at once and renews it behind', async () => {
    cached.current();
    await loaded('a');
    time += 100;
    expect([cached.current(), cached.current()]).toEqual(['a', 'a']);
    expect(loads).toHaveLength(2);
    expect(cached.loading).toBe(true);
    await loaded('b');
    expect(cached.current()).toBe('b');
    expect(cached.loading).toBe(false);
  });

  it('waits when the value is too old', async () => {
    cached.current();
    await loaded('a');
    time += 1001;
    const reader = cached.current();
    expect(reader).toBeInstanceOf(Promise);
    await loaded('b');
    expect(await reader).toBe('b');
  });

  it('passes a failed first load on, and tries again for the next reader', async () => {
    const reader = cached.current();
    loads[0]?.reject(new Error('away'));
    await expect(reader).rejects.toThrow('away');
    const next = cached.current();
    await loaded('a');
    expect(await next).toBe('a');
  });

  it('hides a failed renewal and does not repeat it at once', async () => {
    cached.current();
    await loaded('a');
    time += 100;
    cached.current();
    loads[1]?.reject(new Error('away'));
    await cached.idle();
    expect(cached.current()).toBe('a');
    expect(loads).toHaveLength(2);
    time += 100;
    expect(cached.current()).toBe('a');
    expect(loads).toHaveLength(3);
    loads[2]?.resolve('b');
    await cached.idle();
  });
});
