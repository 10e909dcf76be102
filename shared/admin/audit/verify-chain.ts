import { type AuditEntry, firstPrevious, hashEntry } from './audit-entry.ts';
import type { AuditHead } from './audit-log.ts';

/** What is wrong with one entry of the log. */
export interface AuditProblem {
  readonly sequence: number;
  readonly problem: 'changed' | 'missing';
}

/**
 * Checks every entry and every tie. Who rewrites an entry, all that follow and the head leaves no trace here: the owner
 * who keeps an older head's hash elsewhere finds that too.
 *
 * @param entries oldest first.
 */
export function verifyChain(entries: readonly AuditEntry[], head: AuditHead): readonly AuditProblem[] {
  const problems = new Map<number, AuditProblem>();
  const report = (sequence: number, problem: AuditProblem['problem']) => {
    if (!problems.has(sequence)) problems.set(sequence, { sequence, problem });
  };
  let last = { sequence: 0, hash: firstPrevious };
  for (const entry of entries) {
    for (let gone = last.sequence + 1; gone < entry.sequence; gone += 1) report(gone, 'missing');
    if (entry.hash !== hashEntry(entry)) report(entry.sequence, 'changed');
    // An entry that was changed together with its hash shows in the tie of the next.
    else if (entry.sequence === last.sequence + 1 && entry.previous !== last.hash) {
      report(Math.max(1, last.sequence), 'changed');
    }
    last = entry;
  }
  for (let gone = last.sequence + 1; gone <= head.sequence; gone += 1) report(gone, 'missing');
  if (headHashOf(entries, head) !== head.hash) report(Math.max(1, head.sequence), 'changed');
  // The head is one behind at most: whoever writes the next entry moves it first.
  if (last.sequence > head.sequence + 1) report(head.sequence + 1, 'changed');
  return [...problems.values()].sort((one, other) => one.sequence - other.sequence);
}

function headHashOf(entries: readonly AuditEntry[], head: AuditHead): string {
  if (head.sequence === 0) return firstPrevious;
  return entries.find(({ sequence }) => sequence === head.sequence)?.hash ?? head.hash;
}
