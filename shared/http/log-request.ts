import type { Logger } from '../logging/logger.ts';
import type { Invocation } from './invocation.ts';

/**
 * One line a request, when everything about it is done. Never holds content. An answer that broke after its first byte is
 * a warning, because its status still reads 200.
 */
export function logRequest(logger: Logger, invocation: Invocation, status: number): void {
  const { method, path } = invocation.event.requestContext.http;
  const write = invocation.facts.brokenBy === undefined ? logger.info : logger.warn;
  write('request', {
    requestId: invocation.requestId,
    method,
    path,
    status,
    milliseconds: Math.round(performance.now() - invocation.startedAt),
    caller: invocation.caller?.id,
    ...invocation.facts,
  });
}
