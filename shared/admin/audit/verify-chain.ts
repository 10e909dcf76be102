import { firstPrevious, hashEntry } from './audit-entry.ts';
import type { AuditHead, AuditLog } from './audit-log.ts';

/** What is wrong with one entry of the log. */
export interface AuditProblem {
  readonly sequence: number;
  readonly problem: 'changed' | 'missing';
}

/** What a check of the log has found. */
export interface AuditVerdict {
  /** The log's end when the check began. */
  readonly head: AuditHead;
  /** How many entries were looked at. */
  readonly entries: number;
  /** In the order of the log; the first of them when there are more than a thousand. */
  readonly problems: readonly AuditProblem[];
}

/** A log in which nothing is right need not be listed to its end. */
const mostProblems = 1000;

/**
 * Checks every entry and every tie. Who rewrites an entry, all that follow and the head leaves no trace here: the owner
 * who keeps an older head's hash elsewhere finds that too.
 *
 * @throws StoreUnavailableError
 */
export async function verifyChain(log: Pick<AuditLog, 'entries' | 'head'>): Promise<AuditVerdict> {
  // The head first: what it tells of must be there, and more may be written meanwhile.
  const head = await log.head();
  const problems = new Map<number, AuditProblem>();
  const report = (sequence: number, problem: AuditProblem['problem']) => {
    if (!problems.has(sequence) && problems.size < mostProblems) problems.set(sequence, { sequence, problem });
  };
  let last = { sequence: 0, hash: firstPrevious };
  let atHead = last;
  let count = 0;
  for await (const entry of log.entries()) {
    count += 1;
    reportGap(last.sequence, entry.sequence, report);
    if (entry.hash !== hashEntry(entry)) report(entry.sequence, 'changed');
    // An entry that was changed together with its hash shows in the tie of the next.
    else if (entry.sequence === last.sequence + 1 && entry.previous !== last.hash) {
      report(Math.max(1, last.sequence), 'changed');
    }
    if (entry.sequence === head.sequence) atHead = entry;
    last = entry;
  }
  reportGap(last.sequence, head.sequence + 1, report);
  if (atHead.sequence === head.sequence && atHead.hash !== head.hash) report(Math.max(1, head.sequence), 'changed');
  // It is one behind at most: whoever writes the next entry moves it first. One that is further behind was turned back.
  const { sequence: end } = last.sequence > head.sequence + 1 ? await log.head() : head;
  if (last.sequence > end + 1) report(end + 1, 'changed');
  return { head, entries: count, problems: [...problems.values()].sort((one, other) => one.sequence - other.sequence) };
}

/** Entries that are not there between two that are. */
function reportGap(before: number, next: number, report: (sequence: number, problem: 'missing') => void): void {
  const end = Math.min(next, before + 1 + mostProblems);
  for (let gone = before + 1; gone < end; gone += 1) report(gone, 'missing');
}
