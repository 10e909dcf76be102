import { GatewayError } from './gateway-error.ts';
import { InvalidRequestError } from './request-errors.ts';

/** The header, as errors name it. */
const param = 'Idempotency-Key';

/** The key was used before, for another request. */
export class IdempotencyConflictError extends InvalidRequestError {
  override readonly status = 409;
  override readonly type = 'idempotency_error';
  override readonly code = 'idempotency_conflict';

  constructor() {
    super('This Idempotency-Key was sent before with another body. Use a new key for a new request.', { param });
  }
}

/** The answer that the key stands for is still being made, and the function can't wait any longer. */
export class IdempotencyInProgressError extends GatewayError {
  override readonly status = 409;
  override readonly type = 'idempotency_error';
  override readonly code = 'idempotency_in_progress';
  override readonly shouldRetry = true;

  constructor() {
    super('The answer of this Idempotency-Key is still being made. Send the same request again.', {
      param,
      retryAfterSeconds: 1,
    });
  }
}

/** The answer that the key stands for broke off in its midst, because its function ended. */
export class IdempotentAnswerLostError extends GatewayError {
  override readonly status = 503;
  override readonly type = 'api_error';
  override readonly code = 'idempotent_answer_lost';
  override readonly shouldRetry = true;

  constructor() {
    super('The function that made this answer has ended in its midst. Send the same request again.');
  }
}
