import { type Fault, type RetryAdvice, UpstreamError } from './upstream-error.ts';

/** Too many requests in a short time, or at once; minutes at most. */
export class RateLimitedError extends UpstreamError {
  override readonly status = 429;
  override readonly type = 'rate_limit_error';
  override readonly code = 'rate_limit_exceeded';
  override readonly fault: Fault = 'limit';
  override readonly advice: RetryAdvice = 'other-account';
}

/** The account's quota for this kind of request is used up for hours; `retryAfterSeconds` holds the upstream's word. */
export class QuotaExhaustedError extends UpstreamError {
  override readonly status = 429;
  override readonly type = 'insufficient_quota';
  override readonly code = 'insufficient_quota';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'quota';
  override readonly advice: RetryAdvice = 'other-account';
}

/** The account's token is not accepted (any more). */
export class AccountUnauthorizedError extends UpstreamError {
  override readonly status = 403;
  override readonly type = 'permission_error';
  override readonly code = 'account_signed_out';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'auth';
  override readonly advice: RetryAdvice = 'renew-token';
}

/** The site asks for a verification that only the owner can do, in their own browser. */
export class ChallengeError extends UpstreamError {
  override readonly status = 403;
  override readonly type = 'permission_error';
  override readonly code = 'account_challenged';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'challenge';
  override readonly advice: RetryAdvice = 'other-account';
}

/** The account itself is not usable until its owner acts, as one not yet activated. */
export class AccountUnusableError extends UpstreamError {
  override readonly status = 403;
  override readonly type = 'permission_error';
  override readonly code = 'account_unusable';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'account';
  override readonly advice: RetryAdvice = 'other-account';
}
