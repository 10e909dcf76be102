import type { Context } from 'aws-lambda';
import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openSweep, type SweepReport } from '../../shared/composition/open-dialogs.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

/** Milliseconds that the last deletions of a round may take. */
const reserve = 60_000;

/** Called every quarter of an hour. */
export const handler = liveWorker((access) => {
  const upstream = openUpstream(access, access.environment);
  const sweep = openSweep(access, upstream, access.environment);
  return async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SweepReport> => {
    try {
      const report = await sweep(Date.now() + context.getRemainingTimeInMillis() - reserve);
      access.logger.info('chats swept', { ...report });
      return report;
    } finally {
      await upstream.flush();
    }
  };
});
