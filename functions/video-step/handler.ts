import type { Context } from 'aws-lambda';
import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { openVideoWorker, readVideoTask } from '../../shared/composition/open-video-worker.ts';

/** Milliseconds that are kept for writing down what was found out. */
const reserve = 10_000;

/** Called by the state machine of videos. */
export const handler = liveWorker((access) => {
  const upstream = openUpstream(access, access.environment);
  const work = openVideoWorker(access, upstream, access.environment);
  return async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    const task = readVideoTask(event);
    if (task === undefined) throw new TypeError('The event is no step of a video.');
    try {
      return await work(task, AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserve)));
    } finally {
      await upstream.flush();
    }
  };
});
