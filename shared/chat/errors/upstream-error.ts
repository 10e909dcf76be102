import { GatewayError, type GatewayErrorOptions } from './gateway-error.ts';

/**
 * What an upstream's refusal says about the account that met it. Only the account's own faults move its state:
 * `protocol`, `transport` and `content` never do.
 */
export type Fault = 'protocol' | 'transport' | 'limit' | 'quota' | 'auth' | 'challenge' | 'content' | 'account';

/**
 * What may be tried before the caller sees the error.
 *
 * - `never`: the same request fails everywhere.
 * - `once`: again, on any account, one time.
 * - `other-account`: another account may serve it.
 * - `new-chat`: a new upstream chat with the folded history.
 * - `insist`: again, on any account, with a stronger instruction to the model, two times.
 * - `renew-token`: the same account after a refresh or sign-in; both when the first did not help.
 */
export type RetryAdvice = 'never' | 'once' | 'insist' | 'other-account' | 'new-chat' | 'renew-token';

export interface UpstreamErrorOptions extends GatewayErrorOptions {
  /** The upstream's own error code, for logs and status pages. */
  readonly upstreamCode?: string;
}

/** An upstream that could not or would not answer. */
export abstract class UpstreamError extends GatewayError {
  abstract readonly fault: Fault;
  abstract readonly advice: RetryAdvice;
  readonly upstreamCode: string | undefined;

  constructor(message: string, options: UpstreamErrorOptions = {}) {
    super(message, options);
    this.upstreamCode = options.upstreamCode;
  }
}
