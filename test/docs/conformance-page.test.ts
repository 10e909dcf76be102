import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPage } from './support/pages.ts';
import { spansIn, tableRowsOf } from './support/table-rows.ts';

/** How many lines of what clients need there are, in each section of the paper that the page goes along. */
const linesOfSections = { 1: 16, 4: 14, 5: 9, 6: 30 } as const;

const rows = tableRowsOf(readPage('docs/conformance.md'));
const expected = Object.entries(linesOfSections).flatMap(([section, lines]) =>
  Array.from({ length: lines }, (_, index) => `${section}.${index + 1}`),
);

describe('docs/conformance.md', () => {
  it('has every line that clients need, in order', () => {
    expect([...new Set(rows.map(([line]) => line))]).toEqual(expected);
  });

  it.each(rows.map(([line = '', need = '', file = '', name = '']) => ({ line, need, file, name })))(
    '$line, $need: the test is there',
    ({ need, file, name }) => {
      expect(need).toMatch(/\w{3}/);
      const [path = ''] = spansIn(file);
      expect(path).toMatch(/^test\/.+\.ts$/);
      expect(existsSync(path), path).toBe(true);
      expect(name).toMatch(/\w{3}/);
      expect(readFileSync(path, 'utf8')).toContain(name);
    },
  );
});
