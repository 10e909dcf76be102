import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../shared/idempotency/clock.ts';
import { pack } from '../../../shared/idempotency/packed-text.ts';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that stands still while anybody works, and jumps to the next timer when nobody does. */
export class SimulatedClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #settle: () => Promise<void>;
  #now: number;

  /** @param settle resolves when nobody works any more. */
  constructor(begin = 1_795_000_000_000, settle: () => Promise<void> = settled) {
    this.#now = begin;
    this.#settle = settle;
  }

  now(): number {
    return this.#now;
  }

  async delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      const timer: Timer = { at: this.#now + milliseconds, wake: () => resolve() };
      this.#timers.add(timer);
      signal?.addEventListener('abort', () => {
        this.#timers.delete(timer);
        resolve();
      });
    });
  }

  /** Lets time pass until the work is done. @throws Error when nobody waits for time any more. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    work.then(end, end);
    await this.#settle();
    for (let idle = 0; !isOver; ) {
      const next = [...this.#timers].sort((one, other) => one.at - other.at)[0];
      if (next === undefined) {
        idle += 1;
        if (idle > 100) throw new Error('Nobody will ever go on.');
        await this.#settle();
        continue;
      }
      idle = 0;
      this.#now = Math.max(this.#now, next.at);
      // All that wake at this time go on at once, and get in each other's way.
      for (const timer of this.#timers) {
        if (timer.at > this.#now) continue;
        this.#timers.delete(timer);
        timer.wake();
      }
      await this.#settle();
    }
    return work;
  }

  /** Lets so many milliseconds pass. */
  async pass(milliseconds: number): Promise<void> {
    await this.until(this.delay(milliseconds));
  }
}

/** Long enough for another thread, where what is shorter needs none. */
const longText = Buffer.alloc(64 * 1024, 'time');

/** What runs in other threads, as the compression of long texts does, ends before its own like. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) {
    await turn();
    await pack(longText);
  }
}
