import type { FoldingCost } from '../measure/folding.ts';
import { figure, markdownTable } from './table.ts';

const mostPerMegabyte = 50;

/** What folding costs before anything is sent. */
export function foldingTable(costs: readonly FoldingCost[]): string {
  return markdownTable([
    ['Folding', 'conversation, kB', 'message, kB', 'files', 'CPU, ms', 'CPU per MB, ms', 'target', 'verdict'],
    ...costs.map(({ what, bytes, message, files, milliseconds }) => {
      const perMegabyte = (milliseconds * 1_000_000) / bytes;
      const verdict = perMegabyte <= mostPerMegabyte ? 'met' : 'missed';
      const sizes = [figure(bytes / 1000), figure(message / 1000), String(files)];
      return [what, ...sizes, figure(milliseconds), figure(perMegabyte), `≤ ${mostPerMegabyte}`, verdict];
    }),
  ]);
}
