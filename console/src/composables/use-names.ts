import { computed } from 'vue';
import { api } from '../api/api.ts';
import type { List } from '../api/list.ts';
import { useLoaded } from './use-loaded.ts';

/** What an id stands for. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

interface NamedAccount {
  readonly id: string;
  readonly label: string;
}

/** The keys that there are, and the name of each; an id that is not known (yet) stands for itself. */
export function useKeyNames() {
  return useNames(async (signal) => {
    const { data } = await api.get<List<Named>>('/admin/keys', { signal });
    return data;
  });
}

/** The accounts that there are, and the label of each. */
export function useAccountNames() {
  return useNames(async (signal) => {
    const { data } = await api.get<List<NamedAccount>>('/admin/accounts', { signal });
    return data.map(({ id, label }) => ({ id, name: label }));
  });
}

function useNames(load: (signal: AbortSignal) => Promise<readonly Named[]>) {
  const loaded = useLoaded(load);
  const all = computed(() => loaded.value.value ?? []);
  const names = computed(() => new Map(all.value.map(({ id, name }) => [id, name])));
  return { all, nameOf: (id: string) => names.value.get(id) ?? id };
}
