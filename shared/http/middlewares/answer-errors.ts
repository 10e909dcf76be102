import type { DialectName } from '../../chat/dialect.ts';
import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import { InternalError, toGatewayError } from '../../chat/errors/internal-error.ts';
import type { Logger } from '../../logging/logger.ts';
import { dialectOf } from '../dialect-of.ts';
import { jsonResponse } from '../http-response.ts';
import type { Middleware } from './middleware.ts';

/** Renders every error that comes before the first byte, in the client's dialect. */
export function answerErrors(
  renderError: (dialect: DialectName, error: GatewayError, requestId: string) => object,
  logger: Logger,
): Middleware {
  return {
    onError: (request) => {
      const { event: invocation } = request;
      const error = toGatewayError(request.error);
      if (error instanceof InternalError) {
        logger.error('request failed', { requestId: invocation.requestId, error: request.error });
      }
      invocation.facts = { ...invocation.facts, errorCode: error.code };
      const body = renderError(dialectOf(invocation), error, invocation.requestId);
      request.response = jsonResponse(body, error.status, { ...error.headers, ...retryHeaders(error) });
    },
  };
}

/** client-apis C.1: `x-should-retry` decides in the OpenAI and Anthropic SDKs, `retry-after` tells when. */
function retryHeaders({ retryAfterSeconds, shouldRetry }: GatewayError): Readonly<Record<string, string>> {
  return {
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
    ...(shouldRetry === undefined ? {} : { 'x-should-retry': String(shouldRetry) }),
  };
}
