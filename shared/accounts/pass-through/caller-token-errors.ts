import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { type Fault, type RetryAdvice, UpstreamError } from '../../chat/errors/upstream-error.ts';

/** The token's own time is over, so that nobody was asked. */
export class CallerTokenExpiredError extends InvalidRequestError {
  override readonly status = 401;
  override readonly type = 'authentication_error';
  override readonly code = 'token_expired';
}

/** The site does not accept a token that the caller has brought; the gateway has no way to another one. */
export class CallerTokenRefusedError extends UpstreamError {
  override readonly status = 401;
  override readonly type = 'authentication_error';
  override readonly code = 'token_refused';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'auth';
  override readonly advice: RetryAdvice = 'other-account';
}

/** The site asks the owner of a brought token for a verification in their own browser. */
export class CallerTokenChallengedError extends UpstreamError {
  override readonly status = 403;
  override readonly type = 'permission_error';
  override readonly code = 'token_challenged';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'challenge';
  override readonly advice: RetryAdvice = 'other-account';
}

/** The site does not let the account of a brought token in, as before its activation. */
export class CallerTokenUnusableError extends UpstreamError {
  override readonly status = 403;
  override readonly type = 'permission_error';
  override readonly code = 'token_unusable';
  override readonly shouldRetry = false;
  override readonly fault: Fault = 'account';
  override readonly advice: RetryAdvice = 'other-account';
}
