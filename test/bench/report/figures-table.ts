import type { Outcome } from '../load/job.ts';
import { figure, markdownTable } from './table.ts';

/** One contender's figures. */
export interface Row {
  readonly name: string;
  readonly figures: Outcome;
}

/** Times as measured, made differences to those of `direct`. */
export function addedTimes(figures: Outcome, direct: Outcome): Outcome {
  const times = ['firstTokenP50', 'firstTokenP95', 'chunkDelayP50', 'chunkDelayP95'];
  const added = times.map((name) => [name, (figures[name] ?? Number.NaN) - (direct[name] ?? Number.NaN)]);
  return { ...figures, ...Object.fromEntries(added) };
}

const columns = [
  ['added TTFT p50, ms', 'firstTokenP50'],
  ['p95, ms', 'firstTokenP95'],
  ['added delay per chunk p50, µs', 'chunkDelayP50'],
  ['p95, µs', 'chunkDelayP95'],
  ['chunks per CPU-second, burst', 'burstChunksPerCpuSecond'],
  ['CPU per streaming request, saturated, µs', 'cpuPerRequest'],
  ['CPU per chunk, 200 streams, µs', 'cpuPerOpenChunk'],
  ['RSS with 200 streams, MB', 'freshMegabytes'],
  ['the same after all the load, MB', 'residentMegabytes'],
  ['`npm start` to first answer, ms', 'startMilliseconds'],
] as const;

/** All contenders side by side. */
export function figuresTable(rows: readonly Row[]): string {
  return markdownTable([
    ['Contender', ...columns.map(([heading]) => heading)],
    ...rows.map(({ name, figures }) => [name, ...columns.map(([, key]) => figure(figures[key]))]),
  ]);
}
