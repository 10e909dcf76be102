import type { Credentials, WorkKind } from '../chat/upstream.ts';
import type { Account } from './account.ts';
import type { SlotLease } from './slot-lease.ts';

/** The right to use an account for one request. */
export interface Lease {
  readonly accountId: string;
  readonly label: string;
  readonly kind: WorkKind;
  readonly credentials: Credentials;
  /** The account's row when the lease was given; what goes wrong is held against this state of it only. */
  readonly account: Account;
  /** The account's place that the request has; none for errands, and while the store is away. */
  readonly place: SlotLease | undefined;
}

/** How long a request waits in line for an account. */
export interface LeaseWait {
  /** Milliseconds at most; the pool's own limit when that is shorter. */
  readonly patience?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

export interface LeaseOptions extends LeaseWait {
  /** Accounts that this request has tried already. */
  readonly exclude?: ReadonlySet<string>;
  /** The only account that will do, as the owner of a continued chat. */
  readonly accountId?: string;
  /** A short call beside the answers, as making a chat: it takes no place and waits for none. */
  readonly errand?: boolean;
  /** Another try of the same request, which need not keep the distance between requests. */
  readonly urgent?: boolean;
}

/** How accounts may be used. */
export interface AccountLimits {
  /** Requests at once through one account, up to 8. */
  readonly maxInFlight: number;
  /** Milliseconds from the beginning of one request of an account to the next. */
  readonly spacing: number;
  /** Milliseconds that a request waits in line while all accounts are merely busy. */
  readonly wait: number;
  /** Milliseconds that a place stays taken when its function was killed; `leaseMilliseconds` when absent. */
  readonly lease?: number;
}

/** What the settings say by default. */
export const defaultLimits: AccountLimits = { maxInFlight: 1, spacing: 3000, wait: 30_000 };
