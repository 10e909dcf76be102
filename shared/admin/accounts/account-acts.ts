import type { Account } from '../../accounts/account.ts';
import { RouteNotFoundError } from '../../chat/errors/request-errors.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import { pickAccountInput } from '../imports/import-entry.ts';
import type { AccountDesk } from './account-desk.ts';
import { describeAccount } from './describe-account.ts';
import { objectOf } from './object-of.ts';

type PerformAct = (desk: AccountDesk, id: string, body: unknown) => Promise<Account>;

const acts: ReadonlyMap<string, PerformAct> = new Map<string, PerformAct>([
  ['test', (desk, id) => desk.test(id)],
  ['refresh', (desk, id) => desk.refresh(id)],
  ['relogin', (desk, id, body) => desk.relogin(id, pickAccountInput(objectOf(body)))],
  ['disable', (desk, id) => desk.setState(id, 'disable')],
  ['enable', (desk, id) => desk.setState(id, 'enable')],
  ['drain', (desk, id) => desk.setState(id, 'drain')],
]);

/** `POST /admin/accounts/{id}/{act}` */
export function createAct(desk: AccountDesk, audit: AuditLog): RouteHandler {
  return (call) => {
    const { id = '', act: name = '' } = call.parameters;
    const perform = acts.get(name);
    if (perform === undefined) {
      throw new RouteNotFoundError(`Accounts take ${[...acts.keys()].join(', ')}, not ${name}.`);
    }
    return audited(audit, call, { act: `account.${name}`, target: id }, async () => ({
      result: jsonResponse(describeAccount(await perform(desk, id, call.body), Date.now())),
    }));
  };
}
