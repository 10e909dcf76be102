import { usageDaysPartition } from '../../../store/keys.ts';
import type { ExportedUsage } from '../export-document.ts';
import type { ImportItem } from '../import-item.ts';
import type { ImportContext } from './import-context.ts';

/** Writes under way at once. */
const atOnce = 20;

/** Adds sums of days that are not there; those that are there stay. Told as one item for all of them. */
export async function importUsage(
  incoming: readonly ExportedUsage[],
  { table, write, hasTime }: ImportContext,
): Promise<readonly ImportItem[]> {
  if (incoming.length === 0) return [];
  const stored = new Set((await table.query(usageDaysPartition, { consistent: true })).map(({ sk }) => sk));
  const missing = incoming.filter(({ sk }) => !stored.has(sk));
  let added = write ? 0 : missing.length;
  const waiting = (write ? missing : []).values();
  const worker = async () => {
    for (const { sk, ...row } of waiting) {
      if (!hasTime()) return;
      await table.put({ pk: usageDaysPartition, sk }, row, { exists: false });
      added += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const outcome = added < missing.length ? 'left' : added > 0 ? 'added' : 'unchanged';
  return [{ kind: 'usage', name: `${added} of ${incoming.length} sums of days`, id: null, outcome, reason: null }];
}
