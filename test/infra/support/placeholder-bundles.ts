import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployedFunctions } from '../../../shared/routes.ts';

/** Gives every function of shared/routes.ts a bundle of one line, for tests that only look at the infrastructure. */
export function writePlaceholderBundles(folder: string): string {
  for (const name of Object.keys(deployedFunctions)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => ${JSON.stringify(name)};\n`);
  }
  return folder;
}
