import type { Contender } from '../contenders/contender.ts';
import type { Contenders } from '../contenders/start-contenders.ts';
import type { MediaJob, MediaTarget, Outcome } from '../load/job.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import { measureUploadMemory, type UploadMemory } from './upload-memory.ts';

/** What one kind of exchange takes, by the way on which it goes. */
export interface MediaTimes {
  readonly exchange: MediaJob['exchange'];
  readonly ways: Readonly<Partial<Record<MediaTarget['way'], Outcome>>>;
}

export interface MediaFigures {
  readonly times: readonly MediaTimes[];
  readonly memory: UploadMemory;
}

/** Pictures that are made, and pictures that are sent. A pipe knows nothing of a picture's file, so it has no row there. */
export async function measureMediaPaths(
  load: LoadGenerator,
  { direct, pipe, gateway }: Contenders,
  upstreamUrl: string,
  times: number,
): Promise<MediaFigures> {
  const [asked, piped, served] = [targetOf(direct, 'direct'), targetOf(pipe, 'pipe'), targetOf(gateway, 'gateway')];
  const plans = [
    ['picture-url', [asked, piped, served]],
    ['picture-file', [asked, served]],
    ['upload', [asked, piped, served]],
  ] as const;
  const memory = await measureUploadMemory(gateway, upstreamUrl);
  const measured: MediaTimes[] = [];
  for (const [exchange, targets] of plans) {
    const outcome = await load.run({ kind: 'media', targets: [...targets], exchange, times });
    const ways = targets.map(({ way }, place) => [way, figuresOf(outcome, place)]);
    measured.push({ exchange, ways: Object.fromEntries(ways) });
  }
  return { times: measured, memory };
}

function targetOf({ url, headers, pid }: Contender, way: MediaTarget['way']): MediaTarget {
  return { url, headers: { ...headers }, pid, way };
}

function figuresOf(outcome: Outcome, place: number): Outcome {
  const figures = ['milliseconds', 'peakMegabytes'].map((name) => [name, outcome[`${name}/${place}`] ?? Number.NaN]);
  return Object.fromEntries(figures);
}
