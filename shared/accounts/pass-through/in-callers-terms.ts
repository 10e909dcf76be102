import { QuotaExhaustedError, RateLimitedError } from '../../chat/errors/account-faults.ts';
import { UpstreamError, type UpstreamErrorOptions } from '../../chat/errors/upstream-error.ts';
import {
  CallerTokenChallengedError,
  CallerTokenRefusedError,
  CallerTokenUnusableError,
} from './caller-token-errors.ts';

/**
 * Puts what went wrong with a brought token into words for whoever has brought it: they can mend it, and the owner of
 * the gateway can't.
 *
 * @returns the same error when it says nothing of the token.
 */
export function inCallersTerms(error: unknown): unknown {
  if (!(error instanceof UpstreamError)) return error;
  const options = optionsOf(error);
  switch (error.fault) {
    case 'auth':
      return new CallerTokenRefusedError(
        'The site does not accept the token sent. Sign in on https://chat.qwen.ai again and send the new token.',
        options,
      );
    case 'challenge':
      return new CallerTokenChallengedError(
        'The site asks the owner of the token sent for a verification. Open https://chat.qwen.ai in your own browser ' +
          'and solve it there.',
        options,
      );
    case 'account':
      return new CallerTokenUnusableError('The site does not let the account of the token sent in.', options);
    case 'quota':
      return new QuotaExhaustedError('The account of the token sent has used up its quota.', options);
    case 'limit':
      // An empty answer is a limit as well, and says so better itself.
      return error instanceof RateLimitedError
        ? new RateLimitedError('The account of the token sent has too many requests at the moment.', options)
        : error;
    default:
      return error;
  }
}

function optionsOf(error: UpstreamError): UpstreamErrorOptions {
  const { upstreamCode, retryAfterSeconds } = error;
  return {
    cause: error,
    ...(upstreamCode !== undefined && { upstreamCode }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}
