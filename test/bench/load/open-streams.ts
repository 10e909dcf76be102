import { setTimeout as pause } from 'node:timers/promises';
import { readProcessUsage } from '../measure/process-usage.ts';
import { quantile } from '../measure/statistics.ts';
import { monotonicMicroseconds } from '../upstream/frames.ts';
import { ask } from './ask.ts';
import type { OpenStreamsJob, Outcome } from './job.ts';

/** Longer than any contender takes to open all streams, so that all of them are open while it is measured. */
const openingSeconds = 2;

/** Cost per chunk, delay of chunks and memory while many answers are open and all of them move. */
export async function measureOpenStreams(job: OpenStreamsJob): Promise<Outcome> {
  const { target, streams, intervalMilliseconds, seconds } = job;
  const chunks = Math.ceil(((seconds + openingSeconds) * 1000) / intervalMilliseconds);
  const { promise: allOpen, resolve } = Promise.withResolvers<void>();
  const delays: number[] = [];
  let open = 0;
  let counting = false;
  const stream = () => {
    let begun = false;
    return ask(target, { chunks, intervalMilliseconds }, (stamp) => {
      if (counting) delays.push(monotonicMicroseconds() - stamp);
      if (begun) return;
      begun = true;
      open += 1;
      if (open === streams) resolve();
    });
  };
  const ended = Promise.all(Array.from({ length: streams }, stream));
  await Promise.race([allOpen, ended]);
  const before = readProcessUsage(target.pid);
  counting = true;
  await pause(seconds * 1000);
  counting = false;
  const after = readProcessUsage(target.pid);
  await ended;
  return {
    cpuPerOpenChunk: (after.cpuMicroseconds - before.cpuMicroseconds) / delays.length,
    chunkDelayP50: quantile(delays, 0.5),
    chunkDelayP95: quantile(delays, 0.95),
    residentMegabytes: after.residentMegabytes,
  };
}
