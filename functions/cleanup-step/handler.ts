import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openCleanupWorker, readCleanupTask } from '../../shared/composition/open-dialogs.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

/** Called by the state machine of clean-ups. */
export const handler = liveWorker((access) => {
  const upstream = openUpstream(access, access.environment);
  const work = openCleanupWorker(access, upstream);
  return async (event: unknown): Promise<void> => {
    const task = readCleanupTask(event);
    if (task === undefined) throw new TypeError('The event is no step of a clean-up.');
    try {
      await work(task);
    } finally {
      await upstream.flush();
    }
  };
});
