import type { Account } from '../../accounts/account.ts';
import { toGatewayError } from '../../chat/errors/internal-error.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import type { AccountDesk } from './account-desk.ts';

/** Renewals under way at once. */
const refreshesAtOnce = 3;

/** `POST /admin/accounts/refresh`: renews the token of every account that can be renewed. */
export function createRefreshAll(desk: AccountDesk, audit: AuditLog): RouteHandler {
  return (call) =>
    audited(audit, call, { act: 'account.refresh-all' }, async () => {
      const data = await refreshEach(desk, await desk.list());
      const renewed = data.filter(({ outcome }) => outcome === 'renewed').length;
      return { result: jsonResponse({ object: 'list', data }), details: `${renewed} of ${data.length} renewed` };
    });
}

/** One account's failure is told beside the others' success. */
async function refreshEach(desk: AccountDesk, accounts: readonly Account[]) {
  const waiting = accounts.filter(({ canSignIn, canRefresh }) => canSignIn || canRefresh).values();
  const results: { readonly id: string; readonly label: string; readonly outcome: string }[] = [];
  const worker = async () => {
    for (const { id, label } of waiting) {
      const outcome = await desk.refresh(id).then(
        () => 'renewed',
        (error: unknown) => toGatewayError(error).code,
      );
      results.push({ id, label, outcome });
    }
  };
  await Promise.all(Array.from({ length: refreshesAtOnce }, worker));
  return results;
}
