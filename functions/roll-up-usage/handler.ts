import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openRollUp, type RollUpReport } from '../../shared/composition/open-usage.ts';

/** Called every hour; most of the time there is nothing to do. */
export const handler = liveWorker((access) => {
  const rollUp = openRollUp(access);
  return async (): Promise<RollUpReport> => {
    const report = await rollUp();
    if (report.days.length > 0) access.logger.info('usage summed up', { ...report });
    return report;
  };
});
