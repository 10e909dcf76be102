import { join } from 'node:path';
import { projectRoot } from '../assembly/project-root.ts';
import { FolderWatcher } from './folder-watcher.ts';
import type { LambdaHost } from './lambda-host.ts';
import { rebundle } from './rebundle.ts';

/** An editor writes a file in several steps, and a checkout many files. */
const settleMilliseconds = 100;
const folders = ['shared', 'functions'];

/**
 * Bundles anew when a source changes, and lets the functions whose code has changed begin anew.
 *
 * @returns stops watching.
 */
export function watchSources(
  host: LambdaHost,
  functionsFolder: string,
  log: (line: string) => void,
): () => Promise<void> {
  let settling: NodeJS.Timeout | undefined;
  let rebundling = Promise.resolve();
  const reload = async () => {
    try {
      const changed = await rebundle(functionsFolder);
      host.retire(changed);
      if (changed.length > 0) log(`Reloaded: ${changed.join(', ')}`);
    } catch (error) {
      log(
        `The change can't be bundled, so the functions stay as they were.\n${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  const notice = () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      rebundling = rebundling.then(reload);
    }, settleMilliseconds);
  };
  const watcher = new FolderWatcher(
    folders.map((folder) => join(projectRoot, folder)),
    notice,
  );
  return async () => {
    watcher.close();
    clearTimeout(settling);
    await rebundling;
  };
}
