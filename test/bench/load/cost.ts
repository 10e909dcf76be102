import { setTimeout as pause } from 'node:timers/promises';
import { readProcessUsage } from '../measure/process-usage.ts';

/** How long a contender may tidy up before its cost is read: that belongs to the cost too. */
const settleMilliseconds = 150;

/** @returns the microseconds of CPU that a process used while some work was done, and right after it. */
export async function costOf(pid: number | undefined, work: () => Promise<void>): Promise<number> {
  const before = readProcessUsage(pid).cpuMicroseconds;
  await work();
  await pause(settleMilliseconds);
  return readProcessUsage(pid).cpuMicroseconds - before;
}

/** Does a piece of work so many times, always so many at once. */
export async function repeat(times: number, atOnce: number, work: () => Promise<void>): Promise<void> {
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
