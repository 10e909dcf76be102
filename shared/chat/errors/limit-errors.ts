import { GatewayError } from './gateway-error.ts';

/** A limit that the owner has set to a gateway key. */
export abstract class LimitExceededError extends GatewayError {
  override readonly status = 429;
}

/** The key's requests or tokens of this minute are used up; `retryAfterSeconds` tells when the next one begins. */
export class KeyRateLimitError extends LimitExceededError {
  override readonly type = 'rate_limit_error';
  override readonly code = 'key_rate_limit_exceeded';
}

/** The request alone needs more than the key may ever use in a minute: waiting does not help. */
export class KeyRateTooSmallError extends LimitExceededError {
  override readonly type = 'rate_limit_error';
  override readonly code = 'key_rate_limit_exceeded';
  override readonly shouldRetry = false;
}

/** The key has as many requests under way as it may. */
export class TooManyInFlightError extends LimitExceededError {
  override readonly type = 'rate_limit_error';
  override readonly code = 'too_many_in_flight';
}

/** The key's budget of the day or the month is used up: for a client, waiting does not help. */
export class BudgetExhaustedError extends LimitExceededError {
  override readonly type = 'insufficient_quota';
  override readonly code = 'budget_exhausted';
  override readonly shouldRetry = false;
}
