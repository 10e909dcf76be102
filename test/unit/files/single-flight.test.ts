import { describe, expect, it } from 'vitest';
import { mapLimited } from '../../../shared/files/map-limited.ts';
import { SingleFlight } from '../../../shared/files/single-flight.ts';

const never = new AbortController().signal;

/** Work that ends when the test says so. */
function gate() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const signals: AbortSignal[] = [];
  const work = (signal: AbortSignal) => {
    signals.push(signal);
    return promise;
  };
  return { work, signals, resolve, reject };
}

describe('work that several ask for at once', () => {
  it('is done once for each key', async () => {
    const flights = new SingleFlight<string>();
    const { work, signals, resolve } = gate();
    const results = [flights.run('a', never, work), flights.run('a', never, work), flights.run('b', never, work)];
    resolve('done');
    expect(await Promise.all(results)).toEqual(['done', 'done', 'done']);
    expect(signals).toHaveLength(2);
  });

  it('is done again later', async () => {
    const flights = new SingleFlight<string>();
    expect(await flights.run('a', never, async () => 'first')).toBe('first');
    expect(await flights.run('a', never, async () => 'second')).toBe('second');
  });

  it('fails for all of them, and can be tried again', async () => {
    const flights = new SingleFlight<string>();
    const { work, reject } = gate();
    const results = [flights.run('a', never, work), flights.run('a', never, work)];
    reject(new Error('no'));
    for (const result of results) await expect(result).rejects.toThrow('no');
    expect(await flights.run('a', never, async () => 'yes')).toBe('yes');
  });

  it('goes on when one of them leaves', async () => {
    const flights = new SingleFlight<string>();
    const { work, signals, resolve } = gate();
    const leaver = new AbortController();
    const left = flights.run('a', leaver.signal, work);
    const stayed = flights.run('a', never, work);
    leaver.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(signals[0]?.aborted).toBe(false);
    resolve('done');
    expect(await stayed).toBe('done');
  });

  it('is given up when all have left, and nobody joins it then', async () => {
    const flights = new SingleFlight<string>();
    const { work, signals, reject } = gate();
    const leaver = new AbortController();
    const left = flights.run('a', leaver.signal, work);
    leaver.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(signals[0]?.aborted).toBe(true);
    expect(await flights.run('a', never, async () => 'anew')).toBe('anew');
    reject(new Error('given up'));
  });

  it('is not begun for whoever has left already', async () => {
    const { work, signals } = gate();
    await expect(new SingleFlight<string>().run('a', AbortSignal.abort(new Error('left')), work)).rejects.toThrow(
      'left',
    );
    expect(signals).toEqual([]);
  });
});

describe('a list', () => {
  it('is mapped in its order, with so much at once and no more', async () => {
    let running = 0;
    let most = 0;
    const results = await mapLimited([5, 1, 4, 2, 3], 2, async (number) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < number; turn += 1) await Promise.resolve();
      running -= 1;
      return number * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  it('may be empty', async () => {
    expect(await mapLimited([], 3, async () => 1)).toEqual([]);
  });

  it('ends with its first failure: nothing more is begun', async () => {
    const begun: number[] = [];
    const mapped = mapLimited([1, 2, 3, 4, 5, 6], 2, async (number) => {
      begun.push(number);
      await Promise.resolve();
      if (number === 2) throw new Error('two');
    });
    await expect(mapped).rejects.toThrow('two');
    await new Promise(setImmediate);
    expect(begun.length).toBeLessThan(5);
  });
});
