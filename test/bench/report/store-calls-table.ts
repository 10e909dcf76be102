import type { StoreCalls } from '../measure/store-calls.ts';
import { figure, markdownTable } from './table.ts';

const reads = ['Query', 'GetItem'];

/** What requests cost at the table. Every operation has a column. */
export function storeCallsTable(rows: readonly StoreCalls[]): string {
  const names = new Set(rows.flatMap(({ perRequest }) => Object.keys(perRequest)));
  const operations = [...reads, ...[...names].filter((name) => !reads.includes(name))];
  return markdownTable([
    ['DynamoDB operations for each request', 'requests', ...operations, 'all'],
    ...rows.map(({ what, requests, perRequest }) => [
      what,
      String(requests),
      ...operations.map((name) => figure(perRequest[name] ?? 0)),
      figure(Object.values(perRequest).reduce((sum, count) => sum + count, 0)),
    ]),
  ]);
}
