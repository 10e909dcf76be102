import { type Ref, ref } from 'vue';
import { tellError } from './toasts.ts';

/**
 * Runs what a button does: once at a time, and with its failure told.
 *
 * @returns whether it runs, and the way to run it, which tells whether it went well.
 */
export function useAct(): { busy: Readonly<Ref<boolean>>; run: (act: () => Promise<void>) => Promise<boolean> } {
  const busy = ref(false);
  const run = async (act: () => Promise<void>) => {
    if (busy.value) return false;
    busy.value = true;
    try {
      await act();
      return true;
    } catch (error) {
      tellError(error);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, run };
}
