import { type Account, lane, type Wait, type Waits, workKinds } from './account.ts';
import type { AccountState } from './account-states.ts';
import { reasonOf, stateOf } from './availability.ts';
import { endNotice, endOf } from './token-end.ts';

/** An account as status pages show it. Holds no secret. Times are epoch milliseconds. */
export interface AccountHealth {
  readonly id: string;
  readonly lane: string;
  readonly label: string;
  readonly source: string;
  readonly state: AccountState;
  readonly reason?: string;
  /** When it ends by itself, because its token can't be renewed. */
  readonly endsAt?: number;
  /** What its owner should know of it although it serves, as when it will end. */
  readonly notice?: string;
  /** Only the waits that are not over. */
  readonly waits: Waits;
  readonly canSignIn: boolean;
  readonly tokenExpiresAt?: number;
  readonly lastUsedAt?: number;
}

/** @param lastUsedAt as this instance knows it, 0 for never. */
export function healthOf(account: Account, lastUsedAt: number, now: number): AccountHealth {
  const reason = reasonOf(account, now);
  const endsAt = endOf(account);
  const notice = reason === undefined ? endNotice(account) : undefined;
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
    ...(endsAt !== undefined && { endsAt }),
    ...(notice !== undefined && { notice }),
    waits,
    canSignIn: account.canSignIn,
    ...(account.tokenExpiresAt !== undefined && { tokenExpiresAt: account.tokenExpiresAt }),
    ...(lastUsedAt > 0 && { lastUsedAt }),
  };
}
