import { StalledAnswerError, UpstreamUnavailableError } from '../../chat/errors/answer-faults.ts';
import { GatewayError } from '../../chat/errors/gateway-error.ts';

const silenceCodes: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * Turns a failure of the network into a `GatewayError`. The message names no address: a stand-in's may be private.
 *
 * @param error a `GatewayError` stays as it is; undici throws the one that a call was aborted with.
 * @param signal the call's.
 */
export function transportError(error: unknown, signal: AbortSignal): GatewayError {
  if (error instanceof GatewayError) return error;
  if (signal.aborted) {
    return new UpstreamUnavailableError('The call to the upstream was cancelled.', { cause: error });
  }
  const upstreamCode = systemCode(error);
  if (silenceCodes.has(upstreamCode)) {
    return new StalledAnswerError('The upstream was silent for too long.', { cause: error, upstreamCode });
  }
  return new UpstreamUnavailableError(`The upstream can't be reached, or broke off (${upstreamCode}).`, {
    cause: error,
    upstreamCode,
  });
}

function systemCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'network_error';
}
