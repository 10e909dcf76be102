import type { Context } from 'aws-lambda';
import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openAnswerWorker, readResponseTask } from '../../shared/composition/open-responses.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

// Nobody waits for a status here, and an answer can be cancelled from the moment on that its stream is open.
const overrides = { FIRST_EVENT_SECONDS: '1' };

/** Called by the state machine of responses in the background. */
export const handler = liveWorker((access) => {
  const upstream = openUpstream(access, access.environment);
  const work = openAnswerWorker(access, upstream);
  return async (
    event: unknown,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<{ readonly status: string }> => {
    const task = readResponseTask(event);
    if (task === undefined) throw new TypeError('The event is no step of a response.');
    try {
      await work(task, () => context.getRemainingTimeInMillis());
    } finally {
      await upstream.flush();
    }
    return { status: 'done' };
  };
}, overrides);
