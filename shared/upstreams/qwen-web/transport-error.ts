import {
  StalledAnswerError,
  UpstreamUnavailableError,
  UpstreamUnreachableError,
} from '../../chat/errors/answer-faults.ts';
import { GatewayError } from '../../chat/errors/gateway-error.ts';

const silenceCodes: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * Codes that mean that no connection came about. undici says UND_ERR_ABORTED where nobody has aborted the call when an
 * http proxy refuses to make a tunnel.
 */
const unreachableCode =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_(?:CONNECT_TIMEOUT|ABORTED|PRX_\w+|SOCKS5\w*))$/;

/**
 * Turns a failure of the network into a `GatewayError`. The message names no address: a stand-in's or a proxy's may
 * be private.
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
  if (unreachableCode.test(upstreamCode)) {
    return new UpstreamUnreachableError(`The upstream can't be reached (${upstreamCode}).`, {
      cause: error,
      upstreamCode,
    });
  }
  return new UpstreamUnavailableError(`The connection to the upstream broke (${upstreamCode}).`, {
    cause: error,
    upstreamCode,
  });
}

function systemCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'network_error';
}
