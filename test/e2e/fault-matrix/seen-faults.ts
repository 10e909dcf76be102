import type { SeenFault } from './fault-row.ts';

const limit = { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' } as const;
const quota = { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', final: true } as const;
const forbidden = { status: 403, type: 'permission_error', final: true } as const;
const upstream = { status: 502, type: 'api_error' } as const;
const missing = { status: 404, type: 'not_found_error', final: true } as const;

/** The errors that callers see in the matrix, in the gateway's own terms (docs/operations.md). */
export const seen = {
  // What the pool says when nobody is left.
  limited: { ...limit, retryAfter: /^\d{1,2}$/ },
  quotaHours: { ...quota, retryAfter: /^28[78]\d\d$/ },
  quota: { ...quota, retryAfter: /^3[56]\d\d$/ },
  signedOut: { ...forbidden, code: 'accounts_signed_out' },
  challenged: { ...forbidden, code: 'accounts_challenged' },
  disabled: { ...forbidden, code: 'accounts_disabled' },
  // What one account's own error says in a stream that is open.
  accountSignedOut: { ...forbidden, code: 'account_signed_out' },
  accountChallenged: { ...forbidden, code: 'account_challenged' },
  // What nobody's account is to blame for.
  unavailable: { ...upstream, code: 'upstream_unavailable' },
  truncated: { ...upstream, code: 'upstream_truncated' },
  stalled: { ...upstream, status: 504, code: 'upstream_stalled' },
  empty: { ...upstream, code: 'upstream_empty_answer' },
  intercepted: { ...upstream, code: 'upstream_tool_intercepted' },
  rejected: { ...upstream, code: 'upstream_rejected', final: true },
  busy: { status: 409, type: 'invalid_request_error', code: 'chat_busy' },
  chatGone: { ...missing, code: 'chat_not_found' },
  modelGone: { ...missing, code: 'model_not_found' },
  filtered: { status: 400, type: 'invalid_request_error', code: 'content_filter', final: true },
} as const satisfies Record<string, SeenFault>;
