import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rebundle } from '../../../../local/lambda/rebundle.ts';
import { deployedFunctions } from '../../../../shared/routes.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it('puts those bundles into place that differ, and names them', { timeout: 60_000 }, async () => {
  const folder = join(await temporaryFolder(), 'functions');
  expect(await rebundle(folder)).toEqual(Object.keys(deployedFunctions));
  expect(await rebundle(folder)).toEqual([]);
  const status = join(folder, 'status', 'index.mjs');
  const right = await readFile(status, 'utf8');
  await appendFile(status, '// old');
  expect(await rebundle(folder)).toEqual(['status']);
  expect(await readFile(status, 'utf8')).toBe(right);
  expect(existsSync(`${folder}-next`)).toBe(false);
});
