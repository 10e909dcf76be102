import type { Outcome } from '../load/job.ts';
import { figure, markdownTable } from './table.ts';

/** What is demanded of one figure: at most, or at least, so much; as a multiple of the floor's figure or as it is. */
interface Target {
  readonly what: string;
  readonly figure: string;
  readonly bound: 'at most' | 'at least';
  readonly of: 'floor' | 'itself';
  readonly target: number;
  readonly stretch: number;
}

const targets: readonly Target[] = [
  { what: 'added TTFT p50', figure: 'firstTokenP50', bound: 'at most', of: 'floor', target: 2, stretch: 1.5 },
  {
    what: 'CPU per streaming request, saturated',
    figure: 'cpuPerRequest',
    bound: 'at most',
    of: 'floor',
    target: 2.5,
    stretch: 1.8,
  },
  {
    what: 'chunks per CPU-second, burst',
    figure: 'burstChunksPerCpuSecond',
    bound: 'at least',
    of: 'floor',
    target: 0.6,
    stretch: 1,
  },
  {
    what: 'CPU per chunk, 200 streams',
    figure: 'cpuPerOpenChunk',
    bound: 'at most',
    of: 'floor',
    target: 1.15,
    stretch: 1,
  },
  {
    what: 'RSS with 200 streams, MB',
    figure: 'freshMegabytes',
    bound: 'at most',
    of: 'itself',
    target: 150,
    stretch: 120,
  },
  {
    what: '`npm start` to first answer, ms',
    figure: 'startMilliseconds',
    bound: 'at most',
    of: 'itself',
    target: 2000,
    stretch: 1000,
  },
  {
    what: 'choosing among 1,000 accounts, ms',
    figure: 'choosing',
    bound: 'at most',
    of: 'itself',
    target: 0.2,
    stretch: 0.1,
  },
  {
    what: 'finding all 1,000 busy, ms',
    figure: 'choosingNone',
    bound: 'at most',
    of: 'itself',
    target: 0.2,
    stretch: 0.1,
  },
];

/** The gateway's figures against what is demanded of them. */
export function targetsTable(gateway: Outcome, floor: Outcome): string {
  return markdownTable([
    ['What', 'gateway', 'floor', 'gateway / floor', 'target', 'stretch', 'verdict'],
    ...targets.map((target) => verdictRow(target, gateway[target.figure], floor[target.figure])),
  ]);
}

function verdictRow(demand: Target, gateway = Number.NaN, floor = Number.NaN): readonly string[] {
  const { what, bound, of, target, stretch } = demand;
  const ratio = gateway / floor;
  const value = of === 'floor' ? ratio : gateway;
  const holds = (limit: number) => (bound === 'at most' ? value <= limit : value >= limit);
  const verdict = holds(stretch) ? 'stretch met' : holds(target) ? 'met' : 'missed';
  const unit = of === 'floor' ? ' ×' : '';
  const sign = bound === 'at most' ? '≤' : '≥';
  return [
    what,
    figure(gateway),
    figure(floor),
    figure(ratio),
    `${sign} ${target}${unit}`,
    `${sign} ${stretch}${unit}`,
    verdict,
  ];
}
