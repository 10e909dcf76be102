import type { RouteHandler } from '../http/endpoint.ts';
import { type HttpResponse, jsonResponse } from '../http/http-response.ts';
import type { StoredKey } from '../keys/gateway-key.ts';
import { describeUsage } from './describe-usage.ts';
import { usageDimensions } from './grouped-usage.ts';
import { readUsageQuery, type UsageQuery } from './read-usage-query.ts';
import { usageCsv } from './usage-csv.ts';
import type { UsageHistory } from './usage-history.ts';
import { reportUsage } from './usage-report.ts';

export interface UsageRoutesOptions {
  readonly history: UsageHistory;
  readonly timeZone: string;
  readonly listKeys: () => Promise<readonly Pick<StoredKey, 'id' | 'name'>[]>;
}

/** The handlers of what was used: of all keys for admins, and of its own for each key. */
export function createUsageRoutes({ history, timeZone, listKeys }: UsageRoutesOptions) {
  const answer = async (query: UsageQuery): Promise<HttpResponse> => {
    const keyNames = new Map((await listKeys()).map(({ id, name }) => [id, name]));
    const report = await reportUsage(history, query, keyNames);
    if (query.format === 'json') return jsonResponse(describeUsage(report, query, timeZone));
    return {
      statusCode: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="usage-${query.from}-${query.to}.csv"`,
      },
      body: usageCsv(report, query),
    };
  };
  const all: RouteHandler = ({ query }) =>
    answer(readUsageQuery(query, { today: history.today, dimensions: usageDimensions }));
  // The accounts are the owner's business.
  const own: RouteHandler = ({ query, caller }) => {
    const read = readUsageQuery(query, { today: history.today, dimensions: ['day', 'model'] });
    return answer({ ...read, filters: { ...read.filters, key: caller.id } });
  };
  return { 'GET /admin/usage': all, 'GET /api/usage': own } as const;
}
