import { openAccess } from '../../shared/composition/open-access.ts';
import { openCleanupWorker, readCleanupTask } from '../../shared/composition/open-dialogs.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const work = openCleanupWorker(access, upstream);

/** Called by the state machine of clean-ups. */
export const handler = async (event: unknown): Promise<void> => {
  const task = readCleanupTask(event);
  if (task === undefined) throw new TypeError('The event is no step of a clean-up.');
  try {
    await work(task);
  } finally {
    await upstream.flush();
  }
};
