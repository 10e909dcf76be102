import type { Context } from 'aws-lambda';
import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openRenewals, type RefreshReport } from '../../shared/composition/open-renewals.ts';

/** Milliseconds that the last renewal of a round may take: somebody else's may have to be waited for. */
const longestRenewal = 45_000;

/** Called every few minutes. */
export const handler = liveWorker((access) => {
  const { refreshDue } = openRenewals(access, access.environment);
  return async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<RefreshReport> => {
    const report = await refreshDue(Date.now() + context.getRemainingTimeInMillis() - longestRenewal);
    access.logger.info('accounts refreshed', { ...report });
    return report;
  };
});
