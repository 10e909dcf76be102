import { groupOf } from '../routes/route-groups.ts';
import type { Route } from '../routes.ts';

/** Every function can fail, and be reached past the edge. */
const always = ['permission_denied', 'internal_error'] as const;
const known = ['invalid_api_key', 'store_unavailable', 'misconfigured'] as const;
const replayed = ['idempotency_conflict', 'idempotency_in_progress', 'idempotent_answer_lost'] as const;
/** The limits of the caller's key. */
const limited = ['key_rate_limit_exceeded', 'too_many_in_flight', 'budget_exhausted'] as const;
const withBody = ['invalid_json', 'request_too_large'] as const;

/**
 * The codes that follow from a route's line in the table: from who may call it, and from whether it has a body. What can
 * be wrong with a field or a query is `invalid_request` everywhere.
 */
export function routeErrors(route: Route): readonly string[] {
  const { access, creates, metered, method } = route;
  return [
    ...always,
    ...(access === 'anyone' ? [] : [...known, 'api_key_expired']),
    ...(access === 'admin' || groupOf(route) !== undefined ? ['permission_denied'] : []),
    ...(metered === undefined ? [] : limited),
    ...(creates === true ? replayed : []),
    ...(method === 'GET' || method === 'HEAD' ? [] : withBody),
  ];
}
