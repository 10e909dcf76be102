import { onScopeDispose, type Ref, ref } from 'vue';

/** The time, in epoch milliseconds, told every second: for countdowns. */
export function useNow(every = 1000): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, every);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
