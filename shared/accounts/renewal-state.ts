import type { Attributes } from '../store/attributes.ts';
import { flagAttribute, numberAttribute, textAttribute } from '../store/read-attribute.ts';

/** What an account's row tells about renewing its token. All times are epoch milliseconds. */
export interface RenewalState {
  /** Who renews it, or did last. */
  readonly owner: string | undefined;
  /** Until when nobody else may; 0 when nobody does. */
  readonly until: number;
  /** Counts the renewals begun; one that comes late finds another number and stores nothing. */
  readonly fence: number;
  /** Whether the refresh token may have been sent, while nobody knows yet what became of it. */
  readonly refreshSent: boolean;
  readonly refreshedAt: number | undefined;
  /** When a sign-in ahead of time failed last. */
  readonly failedAt: number | undefined;
  /** An access token lives for minutes, a session token for weeks (qwen-web §1.2). */
  readonly tokenKind: 'session' | 'access';
}

/** The attributes that only a renewal under way has. */
export const renewalLeaseAttributes = ['renewalOwner', 'renewalUntil', 'refreshSent'] as const;

/** Reads a row's attributes; missing ones mean that nothing was ever renewed. */
export function readRenewalState(item: Attributes): RenewalState {
  return {
    owner: textAttribute(item, 'renewalOwner'),
    until: numberAttribute(item, 'renewalUntil') ?? 0,
    fence: numberAttribute(item, 'renewalFence') ?? 0,
    refreshSent: flagAttribute(item, 'refreshSent'),
    refreshedAt: numberAttribute(item, 'refreshedAt'),
    failedAt: numberAttribute(item, 'renewalFailedAt'),
    tokenKind: item.tokenKind === 'access' ? 'access' : 'session',
  };
}
