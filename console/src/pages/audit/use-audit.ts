import { computed, ref, shallowRef } from 'vue';
import { api } from '../../api/api.ts';
import type { List } from '../../api/list.ts';
import { saveText } from '../../composables/save-file.ts';
import { useAct } from '../../composables/use-act.ts';
import { useLoaded } from '../../composables/use-loaded.ts';
import { type AuditEntry, joinActs } from './act.ts';

const pageSize = 200;
/** What one page of an export holds: the most that the gateway gives. */
const largestPage = 1000;

/** The audit log as far as it was read, newest first. */
export function useAudit() {
  const older = shallowRef<readonly AuditEntry[]>([]);
  const hasMore = ref(false);
  const { busy, run } = useAct();

  const newest = useLoaded(async (signal) => {
    const page = await askPage(pageSize, undefined, signal);
    older.value = [];
    hasMore.value = page.has_more === true;
    return page.data;
  });
  const entries = computed(() => [...(newest.value.value ?? []), ...older.value]);
  const acts = computed(() => joinActs(entries.value));

  const showMore = () =>
    run(async () => {
      const page = await askPage(pageSize, entries.value.at(-1)?.sequence);
      older.value = [...older.value, ...page.data];
      hasMore.value = page.has_more === true;
    });

  /** Saves all of the log, oldest first, an entry on each line. @returns how many there are. */
  const save = (name: string, done: (count: number) => void) =>
    run(async () => {
      const all = await askAll();
      saveText(name, all.map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'application/x-ndjson');
      done(all.length);
    });

  return { newest, entries, acts, hasMore, busy, showMore, save };
}

async function askAll(): Promise<readonly AuditEntry[]> {
  const all: AuditEntry[] = [];
  for (;;) {
    const page = await askPage(largestPage, all.at(-1)?.sequence);
    all.push(...page.data);
    if (page.has_more !== true || page.data.length === 0) return all.reverse();
  }
}

function askPage(limit: number, before?: number, signal?: AbortSignal): Promise<List<AuditEntry>> {
  const query = new URLSearchParams({ limit: String(limit), ...(before !== undefined && { before: String(before) }) });
  return api.get<List<AuditEntry>>(`/admin/audit?${query}`, signal ? { signal } : {});
}
