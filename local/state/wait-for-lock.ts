import { setTimeout as delay } from 'node:timers/promises';
import { LockHeldError, takeLock } from './lock-file.ts';

/** Milliseconds between two tries. */
const patience = 100;

/** Waits for whoever holds a lock. @returns the way to let it go. */
export async function waitForLock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await takeLock(path);
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      await delay(patience);
    }
  }
}
