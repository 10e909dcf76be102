import { GatewayError } from '../chat/errors/gateway-error.ts';

/** Every usable account has a wait, and the first is over soon; `retryAfterSeconds` tells when. */
export class PoolCoolingError extends GatewayError {
  override readonly status = 429;
  override readonly type = 'rate_limit_error';
  override readonly code = 'rate_limit_exceeded';
}

/** Every usable account has used up its quota for this kind of work; `retryAfterSeconds` tells when the first is back. */
export class PoolQuotaError extends GatewayError {
  override readonly status = 429;
  override readonly type = 'insufficient_quota';
  override readonly code = 'insufficient_quota';
  override readonly shouldRetry = false;
}

/** No account can serve before its owner has done something. */
export abstract class PoolBlockedError extends GatewayError {
  override readonly status = 403;
  override readonly type = 'permission_error';
  override readonly shouldRetry = false;
}

/** At least one account would serve again if its owner solved the site's verification. */
export class PoolChallengedError extends PoolBlockedError {
  override readonly code = 'accounts_challenged';
}

/** At least one account would serve again if it got a new token. */
export class PoolSignedOutError extends PoolBlockedError {
  override readonly code = 'accounts_signed_out';
}

/** All accounts are disabled. */
export class PoolDisabledError extends PoolBlockedError {
  override readonly code = 'accounts_disabled';
}

/** There is no account at all. */
export class PoolEmptyError extends GatewayError {
  override readonly status = 503;
  override readonly type = 'api_error';
  override readonly code = 'no_accounts';
  override readonly shouldRetry = false;
}
