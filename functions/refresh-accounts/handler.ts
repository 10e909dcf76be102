import type { Context } from 'aws-lambda';
import { openAccess } from '../../shared/composition/open-access.ts';
import { openRenewals, type RefreshReport } from '../../shared/composition/open-renewals.ts';

/** Milliseconds that the last renewal of a round may take: somebody else's may have to be waited for. */
const longestRenewal = 45_000;

const access = openAccess(process.env);
const { refreshDue } = openRenewals(access, process.env);

/** Called every few minutes. */
export const handler = async (
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<RefreshReport> => {
  const report = await refreshDue(Date.now() + context.getRemainingTimeInMillis() - longestRenewal);
  access.logger.info('accounts refreshed', { ...report });
  return report;
};
