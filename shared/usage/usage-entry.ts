import type { UsageRow } from '../metering/usage-row.ts';
import { type UsageNumbers, usageOf } from './usage-numbers.ts';

/** What one key used of one model by one account on one day; or one request's part of that. */
export interface UsageEntry {
  /** As `2026-11-22`, in the gateway's time zone. */
  readonly day: string;
  readonly keyId: string;
  /** As it was when this was written down; the key may be gone. */
  readonly keyName?: string | undefined;
  /** As the caller has named it. */
  readonly model: string;
  /** Absent when no account had a part in it. */
  readonly account?: string | undefined;
  readonly numbers: Readonly<UsageNumbers>;
}

/** Characters of a model's name that are kept for good: names come from callers, and are part of a row's key. */
const modelLength = 100;

export function entryOf(row: UsageRow): UsageEntry {
  const { day, keyId, model, account } = row;
  return { day, keyId, model: model.slice(0, modelLength), account, numbers: usageOf(row) };
}
