import { openAccess } from '../../shared/composition/open-access.ts';
import { openAlerts } from '../../shared/composition/open-alerts.ts';

const alert = openAlerts(openAccess(process.env), process.env);

/** Called every minute. */
export const handler = async (): Promise<{ readonly sent: number }> => ({ sent: await alert() });
