import type { Account } from '../../accounts/account.ts';
import { toGatewayError } from '../../chat/errors/internal-error.ts';
import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import type { AccountDesk } from './account-desk.ts';

/** Renewals under way at once. */
const refreshesAtOnce = 3;
/** Milliseconds. The edge waits 60 s for an answer, and one renewal may take 45 s: somebody else's is waited for. */
const defaultBeginWithin = 12_000;
const mostIds = 1000;

/** What became of one account; `left` was not begun for want of time. */
interface RefreshResult {
  readonly id: string;
  readonly label: string | null;
  readonly outcome: string;
}

/**
 * `POST /admin/accounts/refresh`: renews the token of every account that can be renewed, or of those that the body's
 * `ids` name. What can't be begun in time is told as `left`, to be asked for again.
 *
 * @param beginWithin milliseconds in which renewals begin.
 */
export function createRefreshAll(desk: AccountDesk, audit: AuditLog, beginWithin = defaultBeginWithin): RouteHandler {
  return (call) => {
    const until = performance.now() + beginWithin;
    const ids = readIds(call.body);
    return audited(audit, call, { act: 'account.refresh-all' }, async () => {
      const accounts = await desk.list();
      const wanted = ids === undefined ? accounts.filter(isRenewable) : accounts.filter(({ id }) => ids.has(id));
      const unknown = [...(ids ?? [])].filter((id) => !accounts.some((account) => account.id === id));
      const data = [
        ...(await refreshEach(desk, wanted, until)),
        ...unknown.map((id) => ({ id, label: null, outcome: 'account_not_found' })),
      ];
      const count = (wantedOutcome: string) => data.filter(({ outcome }) => outcome === wantedOutcome).length;
      const left = count('left');
      const details = `${count('renewed')} of ${data.length} renewed, ${left} left`;
      return { result: jsonResponse({ object: 'list', data, left }), details };
    });
  };
}

function isRenewable({ canSignIn, canRefresh }: Account): boolean {
  return canSignIn || canRefresh;
}

/** One account's failure is told beside the others' success. */
async function refreshEach(desk: AccountDesk, accounts: readonly Account[], until: number) {
  const waiting = accounts.values();
  const results: RefreshResult[] = [];
  const worker = async () => {
    for (const { id, label } of waiting) {
      const outcome = performance.now() < until ? await refreshOne(desk, id) : 'left';
      results.push({ id, label, outcome });
    }
  };
  await Promise.all(Array.from({ length: refreshesAtOnce }, worker));
  return results;
}

function refreshOne(desk: AccountDesk, id: string): Promise<string> {
  return desk.refresh(id).then(
    () => 'renewed',
    (error: unknown) => toGatewayError(error).code,
  );
}

function readIds(body: unknown): ReadonlySet<string> | undefined {
  const ids: unknown = typeof body === 'object' && body !== null && 'ids' in body ? body.ids : undefined;
  if (ids === undefined || ids === null) return undefined;
  if (Array.isArray(ids) && ids.length <= mostIds && ids.every((id): id is string => typeof id === 'string')) {
    return new Set(ids);
  }
  throw new InvalidRequestError(`'ids' must be a list of up to ${mostIds} ids of accounts.`, { param: 'ids' });
}
