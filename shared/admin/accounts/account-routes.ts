import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import { pickAccountInput } from '../imports/import-entry.ts';
import { createAct } from './account-acts.ts';
import type { AccountDesk } from './account-desk.ts';
import { describeAccount } from './describe-account.ts';
import { objectOf } from './object-of.ts';
import { createRefreshAll } from './refresh-all.ts';
import type { AddVerified } from './verified-account.ts';

export interface AccountRoutesOptions {
  readonly desk: AccountDesk;
  readonly audit: AuditLog;
  readonly addVerified: AddVerified;
}

/** The admin API's paths below `/admin/accounts`. */
export function createAccountRoutes(options: AccountRoutesOptions) {
  const { desk, audit } = options;
  const list: RouteHandler = async () => {
    const data = (await desk.list()).map((account) => describeAccount(account, Date.now()));
    return jsonResponse({ object: 'list', data });
  };
  const show: RouteHandler = async ({ parameters: { id = '' } }) =>
    jsonResponse(describeAccount(await desk.find(id), Date.now()));
  return {
    'GET /admin/accounts': list,
    'POST /admin/accounts': createAdd(options),
    'POST /admin/accounts/refresh': createRefreshAll(desk, audit),
    'GET /admin/accounts/{id}': show,
    'DELETE /admin/accounts/{id}': createRemove(options),
    'POST /admin/accounts/{id}/{act}': createAct(desk, audit),
  } as const;
}

function createAdd({ desk, audit, addVerified }: AccountRoutesOptions): RouteHandler {
  return (call) =>
    audited(audit, call, { act: 'account.add' }, async () => {
      const { id, outcome } = await addVerified(pickAccountInput(objectOf(call.body)), 'admin');
      const described = { ...describeAccount(await desk.find(id), Date.now()), outcome };
      return { result: jsonResponse(described, outcome === 'added' ? 201 : 200), target: id, details: outcome };
    });
}

function createRemove({ desk, audit }: AccountRoutesOptions): RouteHandler {
  return (call) => {
    const { id = '' } = call.parameters;
    return audited(audit, call, { act: 'account.remove', target: id }, async () => {
      const { source } = await desk.remove(id);
      // What the owner's environment names comes back with the next start or import.
      const notice = source === 'environment' ? 'It comes back while the environment or .env names it.' : null;
      return { result: jsonResponse({ object: 'account.deleted', id, deleted: true, notice }) };
    });
  };
}
