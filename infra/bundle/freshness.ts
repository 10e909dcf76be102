import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything under the project's root that a bundle can depend on. */
const sources = ['functions/**/*.ts', 'shared/**/*.ts', 'infra/bundle.ts', 'infra/bundle/*.ts', 'package-lock.json'];

/**
 * A name for the sources as they are now. Contents count, not times: a checkout or a copy changes times only.
 *
 * @param root Absolute path of the project.
 */
export function fingerprintSources(root: string): string {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Whether all these functions have a bundle in the folder, and the bundles were made from these sources. */
export function isFresh(outputFolder: string, fingerprint: string, names: readonly string[]): boolean {
  const file = fingerprintFile(outputFolder);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== fingerprint) return false;
  return names.every((name) => existsSync(join(outputFolder, name, 'index.mjs')));
}

/** Notes beside the bundles what they were made from. */
export function markFresh(outputFolder: string, fingerprint: string): void {
  writeFileSync(fingerprintFile(outputFolder), fingerprint);
}

function fingerprintFile(outputFolder: string): string {
  return join(outputFolder, 'sources.sha256');
}
