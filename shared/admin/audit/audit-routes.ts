import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AuditLog } from './audit-log.ts';
import { verifyChain } from './verify-chain.ts';

const defaultLimit = 100;
const largestLimit = 1000;
/** What fits into the twelve places of an entry's key. */
const largestSequence = 999_999_999_999;

/** The admin API's paths below `/admin/audit`. */
export function createAuditRoutes(audit: AuditLog) {
  /** The newest entries, newest first; `?before=` goes on where a page ended. */
  const list: RouteHandler = async ({ query }) => {
    const limit = readInteger('limit', query.limit, defaultLimit, largestLimit);
    const before = readInteger('before', query.before, undefined, largestSequence);
    const entries = await audit.newest(limit + 1, before);
    return jsonResponse({ object: 'list', data: entries.slice(0, limit), has_more: entries.length > limit });
  };

  const verify: RouteHandler = async () => {
    const { head, entries, problems } = await verifyChain(audit);
    return jsonResponse({ object: 'audit.verification', valid: problems.length === 0, entries, head, problems });
  };

  return { 'GET /admin/audit': list, 'GET /admin/audit/verify': verify } as const;
}

function readInteger<Fallback>(
  name: string,
  text: string | undefined,
  fallback: Fallback,
  largest: number,
): number | Fallback {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= largest) return value;
  throw new InvalidRequestError(`'${name}' must be a whole number from 1 to ${largest}.`, { param: name });
}
