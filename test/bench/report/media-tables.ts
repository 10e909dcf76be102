import type { MediaFigures } from '../measure/media.ts';
import type { UploadMemory } from '../measure/upload-memory.ts';
import { figure, markdownTable } from './table.ts';

const names = {
  'picture-url': 'a picture, by its URL',
  'picture-file': 'a picture of 1 MB, in base64',
  upload: 'a picture of 4 MB in a message, as a data URI',
} as const;
const uploadMegabytes = 4;

/** What pictures take, and what an upload keeps in memory. */
export function mediaTables({ times, memory }: MediaFigures): string {
  const rows = times.map(({ exchange, ways: { direct, pipe, gateway } }) => [
    names[exchange],
    figure(direct?.milliseconds),
    figure(pipe?.milliseconds),
    figure(gateway?.milliseconds),
    figure(pipe?.peakMegabytes),
    figure(gateway?.peakMegabytes),
  ]);
  const columns = [
    'direct, ms',
    'pipe, ms',
    'gateway, ms',
    'pipe: RSS above before, MB',
    'gateway: RSS above before, MB',
  ];
  return [markdownTable([['One at a time', ...columns], ...rows]), memoryTable(memory)].join('\n\n');
}

function memoryTable({ bodyMegabytes, keptMegabytes, laterMegabytes }: UploadMemory): string {
  const row = (what: string, inUse: number) => {
    const beside = inUse - bodyMegabytes;
    // Whatever else lives in the process moves by some hundred kilobytes.
    const verdict = beside <= uploadMegabytes + 0.5 ? 'met' : 'missed';
    return [what, figure(inUse), figure(bodyMegabytes), figure(beside), `≤ ${uploadMegabytes}, one copy`, verdict];
  };
  return markdownTable([
    ['While the storage takes an upload of 4 MB, MB', 'in use', 'of it the body', 'beside it', 'target', 'verdict'],
    row('the first', keptMegabytes),
    row('one that follows another', laterMegabytes),
  ]);
}
