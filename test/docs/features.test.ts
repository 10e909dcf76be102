import { describe, expect, it } from 'vitest';
import { readPage } from './support/pages.ts';
import { tableRowsOf } from './support/table-rows.ts';

const states = ['works', 'partly', 'planned', 'not done'] as const;
const page = readPage('docs/features.md');
const rows = tableRowsOf(page);

/** 1 to 379, W1 to W12 and X1 to X16. */
const numbers = [...count(379, ''), ...count(12, 'W'), ...count(16, 'X')];

function count(last: number, prefix: string): readonly string[] {
  return Array.from({ length: last }, (_, index) => `${prefix}${index + 1}`);
}

describe('docs/features.md', () => {
  it('has every line, once and in order', () => {
    expect(rows.map(([number]) => number)).toEqual(numbers);
  });

  it('gives each line a state, and a place or reason where the state wants one', () => {
    const known: readonly string[] = states;
    expect(rows.filter(([, , state = '']) => !known.includes(state))).toEqual([]);
    expect(rows.filter(([, , state, where]) => state !== 'planned' && where === '')).toEqual([]);
  });

  it('counts its lines rightly', () => {
    const of = (wanted: string) => rows.filter(([, , state]) => state === wanted).length;
    const [works, partly, planned, notDone] = states.map(of);
    expect(page.text).toContain(
      `Of ${rows.length} lines, ${works} work, ${partly} work partly, ${planned} are planned and ${notDone} are not done.`,
    );
  });
});
