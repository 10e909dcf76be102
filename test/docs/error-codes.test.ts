import { globSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../shared/chat/errors/gateway-error.ts';
import { readPage } from './support/pages.ts';
import { spansIn, tableRowsOf } from './support/table-rows.ts';

/** What a caller sees of an error class. */
interface Shown {
  readonly name: string;
  readonly code: string;
  readonly status: number;
}

const sources = globSync('shared/**/*.ts').filter((file) =>
  readFileSync(file, 'utf8').includes('extends GatewayError'),
);
const derived = globSync('shared/**/*.ts').filter((file) =>
  /class \w+ extends \w+Error\b/.test(readFileSync(file, 'utf8')),
);

/** Every error class of `shared/` that can be thrown, found by loading the modules that declare them. */
async function errorClasses(): Promise<readonly Shown[]> {
  const modules = await Promise.all(
    [...new Set([...sources, ...derived])].map((file) => import(pathToFileURL(file).href)),
  );
  return modules.flatMap((exported) => Object.values(exported).flatMap(shownBy));
}

function shownBy(candidate: unknown): readonly Shown[] {
  if (typeof candidate !== 'function' || !(candidate.prototype instanceof GatewayError)) return [];
  const error: unknown = Reflect.construct(candidate, ['a message']);
  // An abstract class leaves its code to its children.
  if (!(error instanceof GatewayError) || error.code === undefined) return [];
  return [{ name: candidate.name, code: error.code, status: error.status }];
}

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
