import type { GatewayError } from '../../chat/errors/gateway-error.ts';

/** `error` of a failed response. */
export interface ResponseFailure {
  readonly code: string;
  readonly message: string;
}

/**
 * Codes that are no fault of the request, or that agents act upon: Codex repeats an answer that failed unless it knows
 * the code as final (clients §4).
 */
const toldAsTheyAre: ReadonlySet<string> = new Set([
  'rate_limit_exceeded',
  'insufficient_quota',
  'context_length_exceeded',
]);

/** Renames an error: what repeating can't cure is `invalid_prompt`, the rest `server_error`. */
export function writeFailure(error: GatewayError): ResponseFailure {
  const { code, message } = error;
  if (toldAsTheyAre.has(code)) return { code, message };
  return { code: error.shouldRetry === false && error.status < 500 ? 'invalid_prompt' : 'server_error', message };
}
