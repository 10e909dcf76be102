/** One entry of `GET /admin/audit`. */
export interface AuditEntry {
  readonly sequence: number;
  /** ISO time. */
  readonly at: string;
  /** Id of the key. */
  readonly actor: string;
  readonly requestId: string;
  /** As `account.add`. */
  readonly act: string;
  /** Id of what it was done to; empty when there is none. */
  readonly target: string;
  readonly outcome: 'begun' | 'done' | 'failed';
  readonly details: string;
  /** SHA-256 in hex of the entry before. */
  readonly previous: string;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** An act with both of its entries, as far as they are known: an act is noted when it begins and when it ends. */
export interface Act {
  /** The entry that tells most: the end, or the beginning while there is no end. */
  readonly entry: AuditEntry;
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
}

/** What of the acts is wanted; an empty text stands for all. */
export interface ActFilter {
  readonly act: string;
  readonly outcome: string;
  readonly actor: string;
  readonly search: string;
}

/** The answer to `GET /admin/audit/verify`. */
export interface Verification {
  readonly valid: boolean;
  readonly entries: number;
  readonly head: { readonly sequence: number; readonly hash: string };
  readonly problems: readonly { readonly sequence: number; readonly problem: 'changed' | 'missing' }[];
}

/**
 * Joins beginnings with their ends.
 *
 * @param entries newest first.
 * @returns acts by their last entry, newest first.
 */
export function joinActs(entries: readonly AuditEntry[]): readonly Act[] {
  const acts: { entry: AuditEntry; entries: AuditEntry[] }[] = [];
  /** Ends whose beginning is still to come, by request and act: one request may do an act more than once. */
  const open = new Map<string, { entries: AuditEntry[] }[]>();
  for (const entry of entries) {
    const name = `${entry.requestId} ${entry.act}`;
    const ends = open.get(name) ?? [];
    const end = entry.outcome === 'begun' ? ends.shift() : undefined;
    if (end !== undefined) {
      end.entries.push(entry);
      continue;
    }
    const act = { entry, entries: [entry] };
    acts.push(act);
    if (entry.outcome !== 'begun') open.set(name, [...ends, act]);
  }
  return acts;
}

/** @param nameOf of a key by its id, so that a search finds it too. */
export function filterActs(
  acts: readonly Act[],
  { act, outcome, actor, search }: ActFilter,
  nameOf: (id: string) => string,
): readonly Act[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return acts.filter(({ entry }) => {
    if (act !== '' && entry.act !== act) return false;
    if (outcome !== '' && entry.outcome !== outcome) return false;
    if (actor !== '' && entry.actor !== actor) return false;
    const { target, details, requestId, sequence } = entry;
    const text = [entry.act, target, details, requestId, sequence, nameOf(entry.actor)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
