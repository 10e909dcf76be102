import { liveWorker } from '../../shared/composition/live-worker.ts';
import { openAlerts } from '../../shared/composition/open-alerts.ts';

/** Called every minute. */
export const handler = liveWorker((access) => {
  const alert = openAlerts(access, access.environment);
  return async (): Promise<{ readonly sent: number }> => ({ sent: await alert() });
});
