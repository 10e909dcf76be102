import type { HttpResponse } from '../http-response.ts';
import type { Invocation } from '../invocation.ts';
import type { Middleware } from './middleware.ts';

/** What answers tell of a key's limits. */
const limitHeaderNames = ['requests', 'tokens'].flatMap((unit) => [
  ...['limit', 'remaining', 'reset'].map((fact) => `x-ratelimit-${fact}-${unit}`),
  ...['limit', 'remaining', 'reset'].map((fact) => `anthropic-ratelimit-${unit}-${fact}`),
]);

/** Lets web pages read what they need. Keys travel in headers, never in cookies, so any origin may call. */
const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'x-request-id, request-id, retry-after, x-should-retry, x-qwen-upstream, x-qwen-model, idempotent-replayed, ' +
    limitHeaderNames.join(', '),
};

/**
 * Adds the request id and the constant headers to every answer, errors included: it comes first in the chain, and the
 * hooks after the handler run in reverse. Anthropic's SDKs look for the id in `request-id` (client-apis C.2), all
 * others in `x-request-id`.
 */
export function commonHeaders(headers: Readonly<Record<string, string>>): Middleware {
  const constant = { ...crossOrigin, ...headers };
  const withHeaders = (response: HttpResponse, { requestId, answerHeaders }: Invocation): HttpResponse => ({
    ...response,
    headers: { ...constant, 'x-request-id': requestId, 'request-id': requestId, ...answerHeaders, ...response.headers },
  });
  const apply: Middleware['after'] = (request) => {
    if (request.response) request.response = withHeaders(request.response, request.event);
  };
  return { after: apply, onError: apply };
}
