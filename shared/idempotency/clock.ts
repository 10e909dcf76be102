import { setTimeout as delay } from 'node:timers/promises';

/** The time, and waiting for it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal is aborted. Never rejects. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: Date.now,
  delay: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => {}),
};
