/** What becomes of one thing of a document. `left`: there was no time for it, to be sent again. */
export type ImportOutcome = 'added' | 'changed' | 'unchanged' | 'skipped' | 'failed' | 'left';

export type ImportKind = 'setting' | 'alias' | 'webhook' | 'key' | 'account' | 'usage' | 'document';

/** What becomes of one thing of a document, for the owner. Holds no secret. */
export interface ImportItem {
  readonly kind: ImportKind;
  readonly name: string;
  /** In the gateway; `null` where things of this kind have none, or where it is not made yet. */
  readonly id: string | null;
  readonly outcome: ImportOutcome;
  readonly reason: string | null;
}

/** Something of a document that is not taken. */
export function skipped(kind: ImportKind, name: string, reason: string): ImportItem {
  return { kind, name, id: null, outcome: 'skipped', reason };
}

/** An import, or a preview of one, as the API shows it. */
export function describeItems(items: readonly ImportItem[]) {
  const counts = { added: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0, left: 0 };
  for (const { outcome } of items) counts[outcome] += 1;
  return { counts, data: items };
}
