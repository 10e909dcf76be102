import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../measure/statistics.ts';
import { ask } from './ask.ts';
import type { FirstTokenJob, Outcome, Target } from './job.ts';

/**
 * Times from the question to the first chunk with text, in milliseconds. The targets take turns question by question:
 * their differences are smaller than what a busy machine does to all of them.
 *
 * @returns figures whose names end in the target's place, as in `firstTokenP50/0`.
 */
export async function measureFirstToken({ targets, questions, pauseMilliseconds }: FirstTokenJob): Promise<Outcome> {
  const times: number[][] = targets.map(() => []);
  for (let asked = 0; asked < questions; asked += 1) {
    for (const [place, target] of targets.entries()) {
      // What a contender tidies up after an answer is not to meet the next question.
      await pause(pauseMilliseconds);
      times[place]?.push(await timeOne(target));
    }
  }
  const figures = times.flatMap((own, place) => [
    [`firstTokenP50/${place}`, quantile(own, 0.5)],
    [`firstTokenP95/${place}`, quantile(own, 0.95)],
  ]);
  return Object.fromEntries(figures);
}

async function timeOne(target: Target): Promise<number> {
  const start = performance.now();
  let first = Number.NaN;
  await ask(target, { chunks: 3 }, () => {
    if (Number.isNaN(first)) first = performance.now() - start;
  });
  return first;
}
