import { GatewayError } from './gateway-error.ts';

/** A fault of the gateway itself. The cause is for the log; the caller learns only where to look. */
export class InternalError extends GatewayError {
  override readonly status = 500;
  override readonly type = 'api_error';
  override readonly code = 'internal_error';
  override readonly shouldRetry = false;

  constructor(cause: unknown) {
    super('The gateway failed. Its log has the details under this request id.', { cause });
  }
}

/** The error itself when it knows its answer, otherwise an InternalError around it. */
export function toGatewayError(error: unknown): GatewayError {
  return error instanceof GatewayError ? error : new InternalError(error);
}
