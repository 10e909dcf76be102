import type { Context } from 'aws-lambda';
import { openAccess } from '../../shared/composition/open-access.ts';
import { openAnswerWorker, readResponseTask } from '../../shared/composition/open-responses.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

// Nobody waits for a status here, and an answer can be cancelled from the moment on that its stream is open.
const access = openAccess({ ...process.env, FIRST_EVENT_SECONDS: '1' });
const upstream = openUpstream(access, process.env);
const work = openAnswerWorker(access, upstream);

/** Called by the state machine of responses in the background. */
export const handler = async (
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
