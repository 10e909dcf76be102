import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import type { RouteHandler } from '../../http/endpoint.ts';
import { jsonResponse } from '../../http/http-response.ts';
import type { AuditLog } from './audit-log.ts';
import { verifyChain } from './verify-chain.ts';

const defaultLimit = 100;
const largestLimit = 1000;

/** The admin API's paths below `/admin/audit`. */
export function createAuditRoutes(audit: AuditLog) {
  /** The newest entries, newest first; `?before=` goes on where a page ended. */
  const list: RouteHandler = async ({ query }) => {
    const limit = readInteger('limit', query.limit, defaultLimit, largestLimit);
    const before = readInteger('before', query.before, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const entries = (await audit.entries()).filter(({ sequence }) => sequence < before);
    return jsonResponse({ object: 'list', data: entries.slice(-limit).reverse(), has_more: entries.length > limit });
  };

  const verify: RouteHandler = async () => {
    // The head first: entries that are written meanwhile lie behind it.
    const head = await audit.head();
    const entries = (await audit.entries()).filter(({ sequence }) => sequence <= head.sequence + 1);
    const problems = verifyChain(entries, head);
    return jsonResponse({
      object: 'audit.verification',
      valid: problems.length === 0,
      entries: entries.length,
      head,
      problems,
    });
  };

  return { 'GET /admin/audit': list, 'GET /admin/audit/verify': verify } as const;
}

function readInteger(name: string, text: string | undefined, fallback: number, largest: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= largest) return value;
  throw new InvalidRequestError(`'${name}' must be a whole number from 1 to ${largest}.`, { param: name });
}
