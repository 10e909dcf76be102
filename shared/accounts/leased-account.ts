import type { UpstreamError } from '../chat/errors/upstream-error.ts';
import type { Credentials, WorkKind } from '../chat/upstream.ts';
import type { LeaseOptions, LeaseWait } from './lease.ts';

/** An account at work for one request: one of the gateway's, or one whose token the caller has brought. */
export interface LeasedAccount {
  readonly accountId: string;
  readonly kind: WorkKind;
  readonly credentials: Credentials;
  /** Whether the caller has brought its token for this request, so that nothing of it is kept. */
  readonly isBrought?: boolean;
  /** Tells how the request went, and ends the lease. */
  settle(outcome: 'ok' | UpstreamError): Promise<void>;
  /** Ends the lease of a request that has told nothing about the account. Does not wait. */
  release(): void;
  /** The same account with another token, after the upstream has refused this one. @throws GatewayError */
  renew(wait: LeaseWait): Promise<LeasedAccount>;
}

/** Where the accounts for a caller's requests come from. */
export interface AccountSource {
  /** @throws GatewayError when there is none; the reason of `options.signal`. */
  lease(kind: WorkKind, options: LeaseOptions): Promise<LeasedAccount>;
}
