import { computed, reactive, ref } from 'vue';
import { api } from '../../api/api.ts';
import { GatewayError } from '../../api/gateway-error.ts';
import { useAct } from '../../composables/use-act.ts';
import { useLoaded } from '../../composables/use-loaded.ts';
import { changedValues, type Draft } from './drafts.ts';
import type { Settings } from './setting.ts';

/** The settings of the gateway, and what the owner is about to change. */
export function useSettings() {
  const settings = useLoaded((signal) => api.get<Settings>('/admin/settings', { signal }));
  const drafts = reactive(new Map<string, Draft>());
  /** What the gateway has against a value, by the setting's name. */
  const problems = reactive(new Map<string, string>());
  /** Somebody else has changed settings since they were shown. */
  const hasConflict = ref(false);
  const { busy, run } = useAct();
  const changed = computed(() => changedValues(settings.value.value?.data ?? [], drafts));

  const discard = () => {
    drafts.clear();
    problems.clear();
    hasConflict.value = false;
  };

  /** @returns whether it was saved. Why not stands in `problems` and `hasConflict`; other failures are told as toasts. */
  const save = async () => {
    let isSaved = false;
    await run(async () => {
      problems.clear();
      hasConflict.value = false;
      const version = settings.value.value?.version;
      try {
        await api.patch<Settings>('/admin/settings', { version, values: changed.value });
        isSaved = true;
      } catch (error) {
        if (!takeRefusal(error)) throw error;
      }
      await settings.reload();
      if (isSaved) discard();
    });
    return isSaved;
  };

  const takeRefusal = (error: unknown) => {
    if (!(error instanceof GatewayError)) return false;
    const { status, param = '', message } = error;
    if (status === 409) hasConflict.value = true;
    else if (status === 400 && drafts.has(param)) problems.set(param, message);
    else return false;
    return true;
  };

  const draft = (name: string, value: Draft | undefined) => {
    problems.delete(name);
    if (value === undefined) drafts.delete(name);
    else drafts.set(name, value);
  };

  return { settings, drafts, draft, problems, changed, hasConflict, busy, save, discard };
}
