import { GatewayError } from '../chat/errors/gateway-error.ts';

/** The owner's bucket can't be read or written just now. */
export class ObjectStoreUnavailableError extends GatewayError {
  override readonly status = 503;
  override readonly type = 'api_error';
  override readonly code = 'object_store_unavailable';
}

/** What was to be stored is larger than it may be; nothing of it is kept. Whoever set the limit words it for callers. */
export class ObjectTooLargeError extends Error {
  /** Bytes. */
  readonly limit: number;

  constructor(limit: number) {
    super(`The object is larger than ${limit} bytes.`);
    this.limit = limit;
  }
}

/** @param cause what the SDK or the network has thrown. */
export function objectStoreUnavailable(cause: unknown): ObjectStoreUnavailableError {
  const kind = cause instanceof Error ? cause.name : 'unknown error';
  return new ObjectStoreUnavailableError(`The gateway's bucket can't be used just now (${kind}). Try again.`, {
    cause,
  });
}
