import type { ReadingCost } from '../measure/reading.ts';
import type { ToolStreams } from '../measure/tool-streams.ts';
import { figure, markdownTable } from './table.ts';

const mostOfPlain = 1.5;

/** What tools cost a stream, and the reader of calls by itself. */
export function toolsTables(streams: ToolStreams, readings: readonly ReadingCost[]): string {
  return [streamsTable(streams), readingTable(readings, streams.plain)].join('\n\n');
}

function streamsTable({ plain, declared, called }: ToolStreams): string {
  const row = (what: string, cost: number) => {
    const ratio = cost / plain;
    return [what, figure(cost), figure(ratio), `≤ ${mostOfPlain} ×`, ratio <= mostOfPlain ? 'met' : 'missed'];
  };
  return markdownTable([
    ['Streams through the gateway, burst', 'CPU per chunk, µs', '/ plain', 'target', 'verdict'],
    ['plain', figure(plain), '–', '–', '–'],
    row('19 tools declared, answered in text', declared),
    row('19 tools declared, the chunks are a call’s arguments', called),
  ]);
}

/** @param plain microseconds of a chunk through the whole gateway. */
function readingTable(readings: readonly ReadingCost[], plain: number): string {
  return markdownTable([
    [
      'Reader of calls alone, 1 MB, CPU in ns',
      'per one-character chunk',
      'the same in the first 100 KB',
      'per character, 64 a chunk',
      'per character, one chunk',
      'one-character chunk of the gateway, with reader / without (computed)',
    ],
    ...readings.map(({ what, tenth, single, pieces64, whole }) => [
      what,
      figure(single),
      figure(tenth),
      figure(pieces64),
      figure(whole),
      figure((plain * 1000 + single) / (plain * 1000)),
    ]),
  ]);
}
