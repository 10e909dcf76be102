import { describe, expect, it } from 'vitest';
import { errorClasses } from '../../shared/openapi/error-classes.ts';
import { readPage } from './support/pages.ts';
import { spansIn, tableRowsOf } from './support/table-rows.ts';

describe('docs/operations.md', async () => {
  const classes = await errorClasses();
  const rows = tableRowsOf(readPage('docs/operations.md')).filter(([, status = '']) => /^\d{3}$/.test(status));
  const listed = new Map(rows.map(([code = '', status]) => [spansIn(code)[0], Number(status)]));

  it('has error classes to compare with', () => {
    expect(classes.length).toBeGreaterThan(25);
  });

  it.each(classes)('explains $code of $name, with its status', ({ code, status }) => {
    expect(listed.get(code)).toBe(status);
  });

  it('explains no code that does not exist, and none twice', () => {
    expect(rows).toHaveLength(listed.size);
    expect([...listed.keys()].filter((code) => !classes.some((known) => known.code === code))).toEqual([]);
  });

  it('says for each code what to do', () => {
    for (const [code, , meaning = '', action = ''] of rows) {
      expect(meaning.length, code).toBeGreaterThan(15);
      expect(action.length, code).toBeGreaterThan(15);
    }
  });
});
