import { describe, expect, it } from 'vitest';
import { type Attempted, type Waiter, WaitingLine } from '../../../shared/accounts/waiting-line.ts';
import { SimulatedTime } from './simulation/simulated-time.ts';

/** A line for numbered things of which there are some at a time. */
function newLine(look: () => Promise<unknown> = async () => undefined) {
  const time = new SimulatedTime(0);
  const free: number[] = [];
  const line = new WaitingLine<number>({ after: time.after, nextTry: () => 1000, look });
  let arrivals = 0;
  const waiter = (more: Partial<Waiter<number>> = {}): Waiter<number> => ({
    arrived: arrivals++,
    kind: 'chat',
    plain: true,
    patience: 30_000,
    signal: undefined,
    attempt: (): Attempted<number> => {
      const chosen = free.shift();
      return chosen === undefined ? 'later' : { chosen };
    },
    ...more,
  });
  return { time, free, line, waiter };
}

describe('WaitingLine', () => {
  it('serves at once what can be served', async () => {
    const { free, line, waiter } = newLine();
    free.push(1);
    expect(await line.wait(waiter())).toBe(1);
    expect(line.length).toBe(0);
  });

  it('serves in the order in which callers came', async () => {
    const { free, line, waiter } = newLine();
    const served: (number | undefined)[][] = [];
    for (let caller = 0; caller < 5; caller++) line.wait(waiter()).then((got) => served.push([caller, got]));
    for (const thing of [10, 11, 12, 13, 14]) {
      free.push(thing);
      line.advance();
      await Promise.resolve();
    }
    expect(served).toEqual([0, 1, 2, 3, 4].map((caller) => [caller, caller + 10]));
  });

  it('gives one who was overtaken elsewhere the old place', async () => {
    const { free, line, waiter } = newLine();
    const early = waiter();
    const served: string[] = [];
    line.wait(waiter()).then(() => served.push('late'));
    line.wait(early).then(() => served.push('early'));
    free.push(1, 2);
    line.advance();
    await Promise.resolve();
    expect(served).toEqual(['early', 'late']);
  });

  it('lets somebody who waits for one account block nobody', async () => {
    const { free, line, waiter } = newLine();
    line.wait(waiter({ plain: false, attempt: () => 'later' }));
    free.push(1);
    expect(await line.wait(waiter())).toBe(1);
    expect(line.length).toBe(1);
  });

  it('sends nobody away who can’t be served for another reason than the first', async () => {
    const { line, waiter } = newLine();
    line.wait(waiter());
    expect(await line.wait(waiter({ kind: 'image', attempt: () => 'never' }))).toBeUndefined();
    expect(line.length).toBe(1);
  });

  it('looks again by itself, also when looking fails', async () => {
    let looks = 0;
    const { time, free, line, waiter } = newLine(() => {
      looks += 1;
      return Promise.reject(new Error('away'));
    });
    const waiting = line.wait(waiter());
    await time.runUntil(2500);
    expect(looks).toBe(2);
    free.push(7);
    await time.runUntil(3000);
    expect(await waiting).toBe(7);
    await time.runUntil(60_000);
    expect(looks).toBe(3);
  });

  it('lets callers wait for no longer than their patience', async () => {
    const { time, line, waiter } = newLine();
    const waiting = line.wait(waiter({ patience: 5000 }));
    await time.runUntil(4999);
    expect(line.length).toBe(1);
    await time.runUntil(5000);
    expect(await waiting).toBeUndefined();
    expect(line.length).toBe(0);
  });

  it('forgets callers who leave', async () => {
    const { free, line, waiter } = newLine();
    const leaving = new AbortController();
    const waiting = line.wait(waiter({ signal: leaving.signal }));
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(line.wait(waiter({ signal: leaving.signal }))).rejects.toThrow('gone');
    free.push(1);
    line.advance();
    expect(free).toEqual([1]);
  });
});
