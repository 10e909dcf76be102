import type { Contender } from '../contenders/contender.ts';
import type { Job, ToolPlan } from '../load/job.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import { median } from './statistics.ts';

/** So many that the reading of twenty schemas is no part of a chunk's cost. */
const chunks = 20_000;
const microsecondsPerSecond = 1_000_000;

/** CPU of the gateway's process per chunk, in microseconds. */
export interface ToolStreams {
  readonly plain: number;
  /** With tools declared, answered in text. */
  readonly declared: number;
  /** The chunks are a call's arguments. */
  readonly called: number;
}

/** Streams as fast as they come, with tools and without in turns: the median of all rounds. */
export async function measureToolStreams(
  load: LoadGenerator,
  { url, headers, pid }: Contender,
  rounds: number,
): Promise<ToolStreams> {
  const costs: Record<keyof ToolStreams, number[]> = { plain: [], declared: [], called: [] };
  const burst = (tools?: ToolPlan): Job => ({
    kind: 'burst',
    target: { url, headers: { ...headers }, pid },
    answers: 8,
    atOnce: 2,
    chunks,
    ...(tools === undefined ? {} : { tools }),
  });
  const jobs = { plain: burst(), declared: burst('declared'), called: burst('called') } as const;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ['plain', 'declared', 'called'] as const) {
      const { burstChunksPerCpuSecond = Number.NaN } = await load.run(jobs[name]);
      // The first round is for the compiler.
      if (round > 0) costs[name].push(microsecondsPerSecond / burstChunksPerCpuSecond);
    }
  }
  return { plain: median(costs.plain), declared: median(costs.declared), called: median(costs.called) };
}
