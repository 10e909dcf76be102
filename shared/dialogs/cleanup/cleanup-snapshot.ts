import type { Attributes } from '../../store/attributes.ts';
import { numberAttribute, textAttribute } from '../../store/read-attribute.ts';

/** What becomes of one chat of a clean-up: `kept` was used since it was chosen. */
export type CleanupItemState = 'waiting' | 'deleted' | 'kept' | 'failed';

/** One chat of a clean-up. */
export interface CleanupItem {
  /** From 0. */
  readonly item: number;
  readonly chatId: string;
  readonly accountId: string;
  /** Where the chat was in its list when it was chosen, which tells whether it was used since. */
  readonly place: string;
  readonly state: CleanupItemState;
  /** The code of what went wrong last. */
  readonly reason: string | undefined;
  /** Epoch milliseconds. */
  readonly finishedAt: number | undefined;
}

/** A clean-up at one moment. Times are epoch milliseconds. */
export interface CleanupSnapshot {
  readonly id: string;
  /** Who began it. */
  readonly callerId: string;
  readonly createdAt: number;
  readonly finishedAt: number | undefined;
  /** Chats that the filters chose as well, beyond what one run takes. */
  readonly left: number;
  /** In their order. */
  readonly items: readonly CleanupItem[];
}

/** Longer than all retries of one chat take. */
const stalledMilliseconds = 15 * 60_000;

const itemStates: readonly CleanupItemState[] = ['waiting', 'deleted', 'kept', 'failed'];

/** @returns the item in a row, `undefined` when the row is none. */
export function readCleanupItem(row: Attributes): CleanupItem | undefined {
  const item = numberAttribute(row, 'item');
  const chatId = textAttribute(row, 'chatId');
  const accountId = textAttribute(row, 'accountId');
  const place = textAttribute(row, 'seenAt');
  const state = itemStates.find((known) => known === row.state);
  if (item === undefined || chatId === undefined || accountId === undefined || place === undefined) return undefined;
  if (state === undefined) return undefined;
  const reason = textAttribute(row, 'reason');
  return { item, chatId, accountId, place, state, reason, finishedAt: numberAttribute(row, 'finishedAt') };
}

/** A clean-up as the API shows it. `stalled`: nothing moves any more; beginning another one is safe. */
export function describeCleanup({ id, createdAt, finishedAt, left, items }: CleanupSnapshot, now: number): object {
  const count = (state: CleanupItemState) => items.filter((item) => item.state === state).length;
  const movedAt = items.reduce((latest, item) => Math.max(latest, item.finishedAt ?? 0), createdAt);
  const unfinished = now - movedAt > stalledMilliseconds ? 'stalled' : 'running';
  return {
    id,
    state: finishedAt === undefined ? unfinished : 'done',
    total: items.length,
    deleted: count('deleted'),
    kept: count('kept'),
    failed: count('failed'),
    waiting: count('waiting'),
    left,
    createdAt: new Date(createdAt).toISOString(),
    finishedAt: finishedAt === undefined ? null : new Date(finishedAt).toISOString(),
  };
}

/** One chat of a clean-up as the API shows it. */
export function describeCleanupItem({ chatId, state, reason }: CleanupItem): object {
  return { chatId, state, reason: reason ?? null };
}
