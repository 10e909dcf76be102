import type { Contender } from '../contenders/contender.ts';
import type { Job, Outcome, Target } from '../load/job.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import { median } from './statistics.ts';

/** How much is asked. */
export interface Extent {
  readonly rounds: number;
  /** Questions of one after the other, in a round. */
  readonly singleQuestions: number;
  /** Questions of many at once, in a round. */
  readonly saturatedQuestions: number;
  readonly burstAnswers: number;
  readonly streamSeconds: number;
  /** How often each exchange with a picture is done. */
  readonly mediaTimes: number;
}

export const fullExtent: Extent = {
  rounds: 4,
  singleQuestions: 150,
  saturatedQuestions: 1500,
  burstAnswers: 60,
  streamSeconds: 4,
  mediaTimes: 15,
};
export const quickExtent: Extent = {
  rounds: 1,
  singleQuestions: 60,
  saturatedQuestions: 600,
  burstAnswers: 20,
  streamSeconds: 1,
  mediaTimes: 5,
};
/**
 * Has each contender do everything once.
 *
 * @returns megabytes per contender, in the order given, while the first thing it did was to serve many streams.
 */
export async function warmUpAll(
  load: LoadGenerator,
  contenders: readonly Contender[],
  { streamSeconds }: Extent,
): Promise<readonly number[]> {
  const memory: number[] = [];
  for (const contender of contenders) {
    const target = targetOf(contender);
    const streams = await load.run(openStreams(target, streamSeconds));
    memory.push(streams.residentMegabytes ?? Number.NaN);
    // Enough for the compiler to have seen all that runs often.
    await load.run(saturated(target, 600));
    await load.run(burst(target, 10));
  }
  return memory;
}

/**
 * Lets the contenders take turns, so that a busy moment of the machine does not hit one of them alone.
 *
 * @returns per contender, in the order given, the median of every figure.
 */
export async function measureAll(
  load: LoadGenerator,
  contenders: readonly Contender[],
  extent: Extent,
  onRound: (text: string) => void,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[][] = contenders.map(() => []);
  for (let round = 1; round <= extent.rounds; round += 1) {
    onRound(`round ${round} of ${extent.rounds}: first tokens`);
    const firstTokens = await measureFirstTokens(load, contenders, extent);
    for (const [index, contender] of contenders.entries()) {
      onRound(`round ${round} of ${extent.rounds}: ${contender.name}`);
      outcomes[index]?.push({ ...firstTokens[index], ...(await measureRound(load, contender, extent)) });
    }
  }
  return outcomes.map(medians);
}

async function measureFirstTokens(
  load: LoadGenerator,
  contenders: readonly Contender[],
  { singleQuestions }: Extent,
): Promise<readonly Outcome[]> {
  const targets = contenders.map(targetOf);
  const figures = await load.run({ kind: 'first-token', targets, questions: singleQuestions, pauseMilliseconds: 3 });
  return contenders.map((_contender, place) => ({
    firstTokenP50: figures[`firstTokenP50/${place}`] ?? Number.NaN,
    firstTokenP95: figures[`firstTokenP95/${place}`] ?? Number.NaN,
  }));
}

async function measureRound(load: LoadGenerator, contender: Contender, extent: Extent): Promise<Outcome> {
  let outcome: Outcome = {};
  for (const job of jobsOf(targetOf(contender), extent)) outcome = { ...outcome, ...(await load.run(job)) };
  return outcome;
}

function targetOf({ url, headers, pid }: Contender): Target {
  return { url, headers: { ...headers }, pid };
}

function jobsOf(target: Target, extent: Extent): readonly Job[] {
  const streams = openStreams(target, extent.streamSeconds);
  // Without a process to measure there is no cost.
  if (target.pid === undefined) return [streams];
  // What the end of 200 streams leaves to tidy up would count as a cost of what comes next.
  return [saturated(target, extent.saturatedQuestions), burst(target, extent.burstAnswers), streams];
}

function openStreams(target: Target, seconds: number): Job {
  return { kind: 'open-streams', target, streams: 200, intervalMilliseconds: 50, seconds };
}

function saturated(target: Target, questions: number): Job {
  return { kind: 'saturated', target, questions, atOnce: 32, chunks: 10 };
}

function burst(target: Target, answers: number): Job {
  return { kind: 'burst', target, answers, atOnce: 4, chunks: 5000 };
}

function medians(outcomes: readonly Outcome[]): Outcome {
  const names = Object.keys(outcomes[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, median(outcomes.map((outcome) => outcome[name] ?? Number.NaN))]),
  );
}
