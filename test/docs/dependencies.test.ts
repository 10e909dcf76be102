import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPage } from './support/pages.ts';
import { spansIn, tableRowsOf } from './support/table-rows.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

it('docs/dependencies.md lists exactly the packages of package.json, with their versions and a reason', () => {
  const { dependencies, devDependencies }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const rows = tableRowsOf(readPage('docs/dependencies.md'));
  const listed = rows.map(([name = '', version = '']) => [spansIn(name)[0], version]);
  expect(listed).toEqual([...Object.entries(dependencies), ...Object.entries(devDependencies)]);
  for (const [name, , reason = ''] of rows) expect(reason.length, name).toBeGreaterThan(40);
});
