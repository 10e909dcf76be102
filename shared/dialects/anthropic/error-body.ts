import type { GatewayError } from '../../chat/errors/gateway-error.ts';
import { ContextTooLongError } from '../../chat/errors/request-errors.ts';
import { type ThreadUnsupportedDetails, ThreadUnsupportedError } from './thread-unsupported-error.ts';

/** Anthropic's error envelope (client-apis C.2), as a body and as the data of an `error` event. */
export interface AnthropicErrorBody {
  readonly type: 'error';
  readonly error: { readonly type: string; readonly message: string; readonly details?: ThreadUnsupportedDetails };
  readonly request_id: string;
}

const typesByStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  409: 'invalid_request_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Writes an error in Anthropic's envelope. Its types follow from the status. */
export function writeAnthropicError(error: GatewayError, requestId: string): AnthropicErrorBody {
  const type = typesByStatus[error.status] ?? (error.status >= 500 ? 'api_error' : 'invalid_request_error');
  const details = error instanceof ThreadUnsupportedError && { details: error.details };
  return { type: 'error', error: { type, message: messageOf(error), ...details }, request_id: requestId };
}

/** Claude Code makes room for the conversation when it reads exactly these words (clients §4). */
function messageOf(error: GatewayError): string {
  if (!(error instanceof ContextTooLongError)) return error.message;
  return `prompt is too long: ${error.size.tokens} tokens > ${error.size.limit} maximum`;
}
