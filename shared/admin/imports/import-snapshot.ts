import type { Attributes } from '../../store/attributes.ts';
import { numberAttribute, textAttribute } from '../../store/read-attribute.ts';

/** What becomes of one account of an import. */
export type ItemState = 'waiting' | 'added' | 'changed' | 'unchanged' | 'failed';

/** One account of an import, without its secret. */
export interface ImportItem {
  /** From 0. */
  readonly item: number;
  /** Masked. */
  readonly name: string;
  readonly state: ItemState;
  readonly accountId: string | undefined;
  /** Why it failed, for the owner. */
  readonly reason: string | undefined;
  /** Epoch milliseconds. */
  readonly finishedAt: number | undefined;
}

/** How an item ended. */
export type ItemResult =
  | { readonly state: 'added' | 'changed' | 'unchanged'; readonly accountId: string }
  | { readonly state: 'failed'; readonly reason: string };

/** An import at one moment. Times are epoch milliseconds. */
export interface ImportSnapshot {
  readonly id: string;
  readonly createdAt: number;
  readonly finishedAt: number | undefined;
  readonly total: number;
  /** In their order. */
  readonly items: readonly ImportItem[];
}

/** `stalled`: nothing has moved for so long that its run must have ended; sending the accounts again is safe. */
export type ImportState = 'running' | 'done' | 'stalled';

/** Longer than a retry of a retry of one account takes. */
const stalledMilliseconds = 15 * 60_000;

const itemStates: readonly ItemState[] = ['waiting', 'added', 'changed', 'unchanged', 'failed'];

/** @returns the item in a row, `undefined` when the row is none. */
export function readItem(row: Attributes): ImportItem | undefined {
  const item = numberAttribute(row, 'item');
  const state = itemStates.find((known) => known === row.state);
  if (item === undefined || state === undefined) return undefined;
  return {
    item,
    state,
    name: textAttribute(row, 'name') ?? '',
    accountId: textAttribute(row, 'accountId'),
    reason: textAttribute(row, 'reason'),
    finishedAt: numberAttribute(row, 'finishedAt'),
  };
}

/** @param now epoch milliseconds. */
export function stateOf(snapshot: ImportSnapshot, now: number): ImportState {
  if (snapshot.finishedAt !== undefined) return 'done';
  const movedAt = Math.max(snapshot.createdAt, ...snapshot.items.map(({ finishedAt = 0 }) => finishedAt));
  return now - movedAt > stalledMilliseconds ? 'stalled' : 'running';
}

/** An import as the API shows it, without its items. */
export function describeImport(snapshot: ImportSnapshot, now: number) {
  const count = (...states: readonly ItemState[]) =>
    snapshot.items.filter(({ state }) => states.includes(state)).length;
  return {
    object: 'account.import',
    id: snapshot.id,
    state: stateOf(snapshot, now),
    total: snapshot.total,
    imported: count('added', 'changed', 'unchanged'),
    failed: count('failed'),
    waiting: count('waiting'),
    created_at: new Date(snapshot.createdAt).toISOString(),
    finished_at: snapshot.finishedAt === undefined ? null : new Date(snapshot.finishedAt).toISOString(),
  };
}

/** One item as the API shows it. */
export function describeItem({ item, name, state, accountId, reason }: ImportItem): object {
  return { item, name, state, account_id: accountId ?? null, reason: reason ?? null };
}
