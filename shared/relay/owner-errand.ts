import type { LeasedAccount } from '../accounts/leased-account.ts';
import { PoolCoolingError, PoolQuotaError } from '../accounts/no-account-errors.ts';
import type { WorkKind } from '../chat/upstream.ts';
import type { Attempts } from './attempts.ts';

/** A short call that only one account can make. */
export interface OwnerErrand {
  readonly accountId: string;
  /** For the log. */
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** What the account may be resting from or not; the first that it may do now will do. All of them by default. */
  readonly kinds?: readonly WorkKind[];
}

const allKinds: readonly WorkKind[] = ['chat', 'image', 'video'];

/**
 * Lets the account that owns something upstream do a short call about it. Such calls cost no quota, so that a limit of
 * one kind of work is no reason to wait.
 *
 * @throws ChatGoneError when the account is gone; otherwise GatewayErrors, those of `call` among them.
 */
export async function runOwnerErrand<Result>(
  attempts: Attempts,
  { accountId, requestId, signal, kinds = allKinds }: OwnerErrand,
  call: (lease: LeasedAccount) => Promise<Result>,
): Promise<Result> {
  let waiting: unknown;
  for (const kind of kinds) {
    try {
      return await attempts.run({ kind, accountId, errand: true, requestId, signal }, async (lease) => {
        const result = await call(lease);
        lease.release();
        return result;
      });
    } catch (error) {
      if (!(error instanceof PoolCoolingError || error instanceof PoolQuotaError)) throw error;
      waiting = error;
    }
  }
  throw waiting;
}
