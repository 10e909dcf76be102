import { ask } from './ask.ts';
import { costOf, repeat } from './cost.ts';
import type { Outcome, SaturatedJob } from './job.ts';

/** The cost of a short streamed answer when the contender has more to do than it can. */
export async function measureSaturated({ target, questions, atOnce, chunks }: SaturatedJob): Promise<Outcome> {
  const cost = await costOf(target.pid, () => repeat(questions, atOnce, () => ask(target, { chunks })));
  return { cpuPerRequest: cost / questions };
}
