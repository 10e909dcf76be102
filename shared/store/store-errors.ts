import { GatewayError } from '../chat/errors/gateway-error.ts';

/** The gateway's own table can't be read or written just now. */
export class StoreUnavailableError extends GatewayError {
  override readonly status = 503;
  override readonly type = 'api_error';
  override readonly code = 'store_unavailable';
}

/** The function was started without something that its deployment must give it. */
export class ConfigurationError extends GatewayError {
  override readonly status = 500;
  override readonly type = 'api_error';
  override readonly code = 'misconfigured';
  override readonly shouldRetry = false;
}
