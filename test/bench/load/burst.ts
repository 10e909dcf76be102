import { ask } from './ask.ts';
import { costOf, repeat } from './cost.ts';
import type { BurstJob, Outcome } from './job.ts';

const microsecondsPerSecond = 1_000_000;

/** How many chunks a second of the contender's CPU passes on when the upstream sends all it can. */
export async function measureBurst({ target, answers, atOnce, chunks, tools }: BurstJob): Promise<Outcome> {
  const cost = await costOf(target.pid, () =>
    repeat(answers, atOnce, () => ask(target, tools === undefined ? { chunks } : { chunks, tools })),
  );
  return { burstChunksPerCpuSecond: (answers * chunks * microsecondsPerSecond) / cost };
}
