import type { Context } from 'aws-lambda';
import { openAccess } from '../../shared/composition/open-access.ts';
import { openSweep, type SweepReport } from '../../shared/composition/open-dialogs.ts';
import { openUpstream } from '../../shared/composition/open-upstream.ts';

/** Milliseconds that the last deletions of a round may take. */
const reserve = 60_000;

const access = openAccess(process.env);
const upstream = openUpstream(access, process.env);
const sweep = openSweep(access, upstream, process.env);

/** Called every quarter of an hour. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SweepReport> => {
  try {
    const report = await sweep(Date.now() + context.getRemainingTimeInMillis() - reserve);
    access.logger.info('chats swept', { ...report });
    return report;
  } finally {
    await upstream.flush();
  }
};
