import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { Call } from '../../http/invocation.ts';
import { presentedKey } from '../../http/presented-key.ts';
import type { StoredKey } from '../../keys/gateway-key.ts';
import { type StoredSession, signInHours } from '../../keys/session.ts';
import { objectOf } from '../accounts/object-of.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { audited } from '../audit/audited.ts';
import type { KeyDesk } from '../keys/key-desk.ts';
import type { SessionDesk } from './session-desk.ts';

/** The admin API's path `/admin/session`: signing in with an admin key, so that a page need not keep it. */
export function createSessionRoutes(desk: SessionDesk, keys: Pick<KeyDesk, 'find'>, audit: AuditLog) {
  const show: RouteHandler = async (call) => {
    const [key, session] = await Promise.all([keys.find(call.caller.id), desk.find(headerKey(call))]);
    return jsonResponse(describe(key, session));
  };

  const begin: RouteHandler = (call) => {
    refuseFields(call.body);
    return audited(audit, call, { act: 'session.begin', target: call.caller.id }, async () => {
      const key = await keys.find(call.caller.id);
      const { token, session } = await desk.begin(key, headerKey(call));
      return { result: jsonResponse({ ...describe(key, session), token }, 201) };
    });
  };

  const end: RouteHandler = (call) =>
    audited(audit, call, { act: 'session.end', target: call.caller.id }, async () => {
      await desk.end(headerKey(call));
      return { result: jsonResponse({ object: 'session.deleted', deleted: true }) };
    });

  return { 'POST /admin/session': begin, 'GET /admin/session': show, 'DELETE /admin/session': end } as const;
}

/** Without times for a key that was shown itself. */
function describe({ id, name, role }: StoredKey, session: StoredSession | undefined): object {
  return {
    object: 'session',
    expires_at: isoTime(session?.expiresAt),
    renewable_until: isoTime(session && session.signedInAt + signInHours * 3_600_000),
    key: { id, name, role },
  };
}

/** A key from the URL is a key too, but no session is. */
function headerKey({ headers, query }: Call): string {
  return presentedKey(headers, query) ?? '';
}

function refuseFields(body: unknown): void {
  const [field] = body === undefined ? [] : Object.keys(objectOf(body));
  if (field === undefined) return;
  throw new InvalidRequestError(`'${field.slice(0, 100)}' is no field of a sign-in; it takes none.`, {
    param: field.slice(0, 100),
  });
}

function isoTime(epochMilliseconds: number | undefined): string | null {
  return epochMilliseconds === undefined ? null : new Date(epochMilliseconds).toISOString();
}
