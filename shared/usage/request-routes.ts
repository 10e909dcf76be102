import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { StoredKey } from '../keys/gateway-key.ts';
import { describeRequest } from './describe-request.ts';
import { readRequestRange } from './read-request-range.ts';
import { RequestNotFoundError } from './request-errors.ts';
import { requestIdOf } from './request-id.ts';
import type { RequestLog } from './request-log.ts';

/** What was said in one request. */
export interface RequestContent {
  readonly request: string;
  readonly answer: string;
}

export interface RequestRoutesOptions {
  readonly log: RequestLog;
  readonly listKeys: () => Promise<readonly Pick<StoredKey, 'id' | 'name'>[]>;
  /** What was said in a request; `undefined` when it is not kept, or not any more. */
  readonly readContent: (requestId: string) => Promise<RequestContent | undefined>;
}

/** The handlers of the log of recent requests. */
export function createRequestRoutes({ log, listKeys, readContent }: RequestRoutesOptions) {
  const namesOf = async () => new Map((await listKeys()).map(({ id, name }) => [id, name]));
  const list: RouteHandler = async ({ query }) => {
    const [{ rows, next }, names] = await Promise.all([log.page(readRequestRange(query)), namesOf()]);
    const data = rows.map((row) => describeRequest(row, names));
    const [first, last] = [rows.at(0), next ?? rows.at(-1)];
    return jsonResponse({
      object: 'list',
      data,
      first_id: first ? requestIdOf(first) : null,
      // Where the next page begins: behind the last request that was looked at, whether it is wanted or not.
      last_id: last ? requestIdOf(last) : null,
      has_more: next !== undefined,
    });
  };
  const show: RouteHandler = async ({ parameters: { id = '' } }) => {
    const [row, names] = await Promise.all([log.find(id), namesOf()]);
    if (row === undefined) throw new RequestNotFoundError(`There is no request ${id.slice(0, 100)}.`, { param: 'id' });
    const content = row.recorded === true ? await readContent(row.id) : undefined;
    return jsonResponse({ ...describeRequest(row, names), content: content ?? null });
  };
  return { 'GET /admin/requests': list, 'GET /admin/requests/{id}': show } as const;
}
