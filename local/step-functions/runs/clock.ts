import { setTimeout as delay } from 'node:timers/promises';

/** Time as the interpreter needs it; tests bring their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves at this time. @throws the signal's reason when it aborts before. */
  waitUntil(time: number, signal: AbortSignal): Promise<void>;
}

/** Node's timers take no longer delays than this. */
const longestDelay = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  async waitUntil(time, signal) {
    for (let left = time - Date.now(); left > 0; left = time - Date.now()) {
      await delay(Math.min(left, longestDelay), undefined, { signal, ref: false }).catch(() => {});
      signal.throwIfAborted();
    }
  },
};
