import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { consoleOutput } from '../../console/build/folders.ts';
import { ensureConsole } from '../../console/ensure.ts';
import { projectRoot } from '../assembly/project-root.ts';
import { waitForLock } from '../state/wait-for-lock.ts';

/**
 * Builds the console unless it is there as its sources say. A console that can't be built keeps no gateway from running:
 * it is told in the log.
 *
 * @returns the folder to serve.
 */
export async function ensureLocalConsole(log: (line: string) => void): Promise<string> {
  const distFolder = join(projectRoot, 'dist');
  try {
    await mkdir(distFolder, { recursive: true });
    await ensureConsole(async (build) => {
      const release = await waitForLock(join(distFolder, 'console-lock'));
      try {
        await build(() => log('Building the console (only after a change) ...'));
      } finally {
        await release();
      }
    });
  } catch (error) {
    log(`The console could not be built, so that its pages may be old or missing: ${error}`);
  }
  return consoleOutput;
}
