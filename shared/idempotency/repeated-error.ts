import { GatewayError } from '../chat/errors/gateway-error.ts';
import type { KeptFailure } from './kept-answer.ts';

/** The error that another request with the same key has met, for those who waited for its answer. */
export class RepeatedError extends GatewayError {
  override readonly status: number;
  override readonly type: string;
  override readonly code: string;
  override readonly shouldRetry: boolean | undefined;

  constructor({ status, type, code, message, shouldRetry, param, retryAfterSeconds }: KeptFailure) {
    super(message, {
      ...(param !== undefined && { param }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
    this.status = status;
    this.type = type;
    this.code = code;
    this.shouldRetry = shouldRetry;
  }
}
