import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './folders.ts';

/** Everything that the console is built from. */
const sources = [
  'console/index.html',
  'console/*.ts',
  'console/{build,src}/**/*.*',
  'shared/**/*.ts',
  'package-lock.json',
];

/** A name for the sources as they are now. Contents count, not times. */
export function fingerprintConsole(): string {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: projectFolder }).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(projectFolder, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Whether there is a console in the folder, made from these sources. */
export function isFresh(folder: string, fingerprint: string): boolean {
  const file = stampOf(folder);
  return existsSync(join(folder, 'index.html')) && existsSync(file) && readFileSync(file, 'utf8') === fingerprint;
}

/** Notes beside the console what it was made from; not in it, where it would be served. */
export function markFresh(folder: string, fingerprint: string): void {
  writeFileSync(stampOf(folder), fingerprint);
}

function stampOf(folder: string): string {
  return `${folder}.sha256`;
}
