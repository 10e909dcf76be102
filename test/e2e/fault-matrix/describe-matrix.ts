import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mode } from './arena.ts';
import { columns } from './columns.ts';
import { benchingOf, passingOf } from './extent.ts';
import { countTo, type FaultRow, numbers, served } from './fault-row.ts';
import { expectedOf } from './play-cell.ts';
import { closedAddress, playAloneApart, playAloneInProcess, playTogether, playUnreachable } from './play-rows.ts';
import { Results } from './results.ts';
import { silenceRows, unreachable } from './rows/silence-rows.ts';

const refusedConnection = unreachable('refused connection');
const unknownName = unreachable('unknown host name');

/** Milliseconds for all cells of a group, on a busy machine. */
const longestPlay = 600_000;

/** Plays the whole matrix in one mode, prints it, and holds every cell against what it must be. */
export function describeMatrix(mode: Mode): void {
  const results = new Results();
  const groups = groupsOf(mode, results);
  afterAll(() => console.log(results.table(groups.flatMap(({ rows }) => rows))));
  describe.each(groups)('$title', ({ rows, play }) => {
    beforeAll(play, longestPlay);
    it.each(rows)('$name', (row) => checkRow(row, results));
  });
  it('no answer that failed upstream looks like a good one', () => checkEndings(results));
}

interface Group {
  readonly title: string;
  readonly rows: readonly FaultRow[];
  readonly play: () => Promise<void>;
}

function groupsOf(mode: Mode, results: Results): readonly Group[] {
  const passing = passingOf(mode);
  const benching = benchingOf(mode);
  const impatient = { UPSTREAM_IDLE_SECONDS: '1' };
  return [
    {
      title: 'nobody’s account is to blame',
      rows: passing,
      play: () => playTogether(passing, results, { mode, atOnce: mode === 'start' ? 10 : 4 }),
    },
    {
      title: 'silence',
      rows: silenceRows,
      play: () => playTogether(silenceRows, results, { mode, atOnce: 12, env: impatient }),
    },
    {
      title: 'no way to the upstream',
      rows: [refusedConnection, unknownName],
      async play() {
        await playUnreachable(mode, refusedConnection, await closedAddress(), results);
        await playUnreachable(mode, unknownName, 'https://name.invalid', results);
      },
    },
    {
      title: 'the only account is refused',
      rows: benching,
      play: () => (mode === 'start' ? playAloneInProcess(benching, results) : playAloneApart(benching, results)),
    },
  ];
}

function checkRow(row: FaultRow, results: Results): void {
  const byColumn = (pick: (column: (typeof columns)[number]) => unknown) =>
    Object.fromEntries(columns.map((column) => [column.name, pick(column)]));
  expect(byColumn((column) => results.lasting(row, column))).toEqual(
    byColumn((column) => expectedOf(row[column.form], column)),
  );
  for (const column of columns) {
    const once = results.once(row, column);
    if (once !== undefined) expect(once, `once, ${column.name}`).toEqual(expectedOf(served(2), column));
  }
}

function checkEndings(results: Results): void {
  expect(results.all.length).toBeGreaterThan(0);
  for (const { status, done, finish, text, type } of results.all) {
    const isWhole = text === countTo(numbers) || finish === 'content-filter';
    expect({ done, hasFinish: finish !== '–', hasError: type !== '–' }).toEqual({
      done: isWhole,
      hasFinish: isWhole,
      hasError: !isWhole,
    });
    if (isWhole) expect(status).toBe(200);
  }
}
