import { type Account, type AccountState, lane, type Wait, type Waits, workKinds } from './account.ts';
import { reasonOf, stateOf } from './availability.ts';

/** An account as status pages show it. Holds no secret. Times are epoch milliseconds. */
export interface AccountHealth {
  readonly id: string;
  readonly lane: string;
  readonly label: string;
  readonly source: string;
  readonly state: AccountState;
  readonly reason?: string;
  /** Only the waits that are not over. */
  readonly waits: Waits;
  readonly canSignIn: boolean;
  readonly tokenExpiresAt?: number;
  readonly lastUsedAt?: number;
}

/** @param lastUsedAt as this instance knows it, 0 for never. */
export function healthOf(account: Account, lastUsedAt: number, now: number): AccountHealth {
  const reason = reasonOf(account, now);
  const waits: Partial<Record<keyof Waits, Wait>> = {};
  for (const kind of workKinds) {
    const wait = account.waits[kind];
    if (wait !== undefined && wait.until > now) waits[kind] = wait;
  }
  return {
    id: account.id,
    lane,
    label: account.label,
    source: account.source,
    state: stateOf(account, now),
    ...(reason !== undefined && { reason }),
    waits,
    canSignIn: account.canSignIn,
    ...(account.tokenExpiresAt !== undefined && { tokenExpiresAt: account.tokenExpiresAt }),
    ...(lastUsedAt > 0 && { lastUsedAt }),
  };
}
