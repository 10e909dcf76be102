import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { KeyMeters } from '../../metering/key-meters.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import { describeKey } from './describe-key.ts';
import { describeLimitsState } from './describe-limits-state.ts';
import type { KeyDesk } from './key-desk.ts';
import { listKeys } from './list-keys.ts';
import { parseKey } from './parse-key.ts';

/** The admin API's paths below `/admin/keys`. */
export function createKeyRoutes(desk: KeyDesk, audit: AuditLog, meters: Pick<KeyMeters, 'look'>) {
  const list: RouteHandler = async ({ query }) => jsonResponse(await listKeys(desk, query, Date.now()));
  const show: RouteHandler = async ({ parameters: { id = '' } }) => {
    const key = await desk.find(id);
    const state = await describeLimitsState(meters, key.id, key.limits);
    return jsonResponse({ ...describeKey(key, Date.now()), limits_state: state });
  };
  return {
    'GET /admin/keys': list,
    'POST /admin/keys': createAdd(desk, audit),
    'GET /admin/keys/{id}': show,
    'POST /admin/keys/{id}': createChange(desk, audit),
    'DELETE /admin/keys/{id}': createRemove(desk, audit),
  } as const;
}

/** Answers with the key itself, which nobody can read again. */
function createAdd(desk: KeyDesk, audit: AuditLog): RouteHandler {
  return (call) => {
    const fields = parseKey(call.body, Date.now());
    return audited(audit, call, { act: 'key.add', details: JSON.stringify(fields) }, async () => {
      const { key, plain } = await desk.add(fields);
      return { result: jsonResponse({ ...describeKey(key, Date.now()), key: plain }, 201), target: key.id };
    });
  };
}

/** Fields that are not in the body stay as they are. */
function createChange(desk: KeyDesk, audit: AuditLog): RouteHandler {
  return (call) => {
    const { id = '' } = call.parameters;
    const fields = parseKey(call.body, Date.now());
    // What is taken away is in the log, too.
    const details = JSON.stringify(fields, (_name, value: unknown) => value ?? null);
    return audited(audit, call, { act: 'key.change', target: id, details }, async () => ({
      result: jsonResponse(describeKey(await desk.change(id, fields), Date.now())),
    }));
  };
}

function createRemove(desk: KeyDesk, audit: AuditLog): RouteHandler {
  return (call) => {
    const { id = '' } = call.parameters;
    return audited(audit, call, { act: 'key.remove', target: id }, async () => {
      await desk.remove(id);
      return { result: jsonResponse({ object: 'key.deleted', id, deleted: true }) };
    });
  };
}
