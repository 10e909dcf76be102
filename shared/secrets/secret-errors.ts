import { GatewayError } from '../chat/errors/gateway-error.ts';

/** The key that the accounts' secrets are encrypted with can't be had just now. */
export class SecretKeyUnavailableError extends GatewayError {
  override readonly status = 503;
  override readonly type = 'api_error';
  override readonly code = 'secret_key_unavailable';
}

/** A stored secret was changed, belongs to another row, or was encrypted with another key. */
export class SecretUnreadableError extends GatewayError {
  override readonly status = 500;
  override readonly type = 'api_error';
  override readonly code = 'secret_unreadable';
  override readonly shouldRetry = false;
}
