import type { Context } from 'aws-lambda';
import { openAccess } from '../../shared/composition/open-access.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';
import { openVideoWorker, readVideoTask } from '../../shared/composition/open-video-worker.ts';

/** Milliseconds that are kept for writing down what was found out. */
const reserve = 10_000;

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const work = openVideoWorker(access, upstream, process.env);

/** Called by the state machine of videos. */
export const handler = async (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
  const task = readVideoTask(event);
  if (task === undefined) throw new TypeError('The event is no step of a video.');
  try {
    return await work(task, AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserve)));
  } finally {
    await upstream.flush();
  }
};
