/** One entry of the audit log. */
export interface AuditEntry {
  readonly sequence: number;
  /** ISO time. */
  readonly at: string;
  readonly actor: string;
  readonly act: string;
  readonly target: string;
  readonly outcome: 'begun' | 'done' | 'failed';
  readonly details: string;
}

/** The history of one thing, newest first: each act once, as it ended, or as begun while its end is not known. */
export function historyOf(target: string, entries: readonly AuditEntry[]): readonly AuditEntry[] {
  const own = entries.filter((entry) => entry.target === target);
  return own.filter(({ outcome, act, sequence }) => {
    if (outcome !== 'begun') return true;
    const next = own.findLast((entry) => entry.sequence > sequence && entry.act === act);
    return next === undefined || next.outcome === 'begun';
  });
}
