import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployedFunctions } from '../../../shared/routes.ts';

/** Gives every function of shared/routes.ts a bundle of one line, and the console a page beside them, for tests that only look at the infrastructure. */
export function writePlaceholderBundles(folder: string): string {
  for (const name of Object.keys(deployedFunctions)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => ${JSON.stringify(name)};\n`);
  }
  mkdirSync(join(folder, '../console/assets'), { recursive: true });
  writeFileSync(join(folder, '../console/index.html'), '<!doctype html><title>console</title>\n');
  writeFileSync(join(folder, '../console/assets/app-1.js'), 'document.title;\n');
  return folder;
}
