import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openImports, readImportTask } from '../../shared/composition/open-imports.ts';

/** Called by the state machine of imports. */
export const handler = liveWorker((access) => {
  const work = openImports(access, access.environment);
  return async (event: unknown): Promise<void> => {
    const task = readImportTask(event);
    if (task === undefined) throw new TypeError('The event is no step of an import.');
    await work(task);
  };
});
