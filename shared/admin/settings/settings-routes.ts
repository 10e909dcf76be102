import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { Environment } from '../../read-settings.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import { describeChange, describeSettings } from './describe-settings.ts';
import { parseChange, parseUndo } from './parse-settings.ts';
import type { SettingsDesk } from './settings-desk.ts';

const largestLimit = 100;

/** The admin API's paths below `/admin/settings`. @param environment what the functions were started with. */
export function createSettingsRoutes(desk: SettingsDesk, environment: Environment, audit: AuditLog) {
  const show: RouteHandler = async () => jsonResponse(describeSettings(await desk.read(), environment));

  const change: RouteHandler = (call) => {
    const { version, values } = parseChange(call.body);
    // What was sent may be a secret in the wrong place: values are written down only when they are good.
    const details = Object.keys(values).join(', ').slice(0, 1000);
    return audited(audit, call, { act: 'settings.change', details }, async () => {
      const after = await desk.change(values, call.caller.id, version);
      const result = jsonResponse(describeSettings(after, environment));
      return { result, target: String(after.version), details: JSON.stringify(values) };
    });
  };

  const undo: RouteHandler = (call) => {
    const version = parseUndo(call.body);
    return audited(audit, call, { act: 'settings.undo', details: String(version) }, async () => {
      const after = await desk.undo(version, call.caller.id);
      return { result: jsonResponse(describeSettings(after, environment)), target: String(after.version) };
    });
  };

  return {
    'GET /admin/settings': show,
    'PATCH /admin/settings': change,
    'GET /admin/settings/history': createHistory(desk),
    'POST /admin/settings/undo': undo,
  } as const;
}

/** Newest first; `?after=` goes on behind that version. */
function createHistory(desk: SettingsDesk): RouteHandler {
  return async ({ query }) => {
    const limit = readInteger('limit', query.limit, largestLimit) ?? largestLimit;
    const changes = await desk.history(limit + 1, readInteger('after', query.after, 999_999_999));
    const data = changes.slice(0, limit).map(describeChange);
    return jsonResponse({
      object: 'list',
      data,
      first_id: idOf(changes.at(0)?.version),
      last_id: idOf(changes.at(Math.min(changes.length, limit) - 1)?.version),
      has_more: changes.length > limit,
    });
  };
}

function idOf(version: number | undefined): string | null {
  return version === undefined ? null : String(version);
}

function readInteger(name: string, text: string | undefined, largest: number): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= largest) return value;
  throw new InvalidRequestError(`'${name}' must be a whole number from 1 to ${largest}.`, { param: name });
}
