import { onScopeDispose, type Ref, ref, shallowRef } from 'vue';

/** Something that is asked for, and perhaps again and again. */
export interface Loaded<Value> {
  /** The last one that came; stays while the next is asked for. */
  readonly value: Readonly<Ref<Value | undefined>>;
  /** Why the last time failed; `undefined` when it did not. */
  readonly error: Readonly<Ref<unknown>>;
  readonly loading: Readonly<Ref<boolean>>;
  /** Asks anew, and breaks off what was asked before. */
  readonly reload: () => Promise<void>;
}

/**
 * Asks now, when told to, and every so often while the page is seen. Ends with the component.
 *
 * @param every milliseconds between the end of one and the next; never when it is left out.
 */
export function useLoaded<Value>(load: (signal: AbortSignal) => Promise<Value>, every?: number): Loaded<Value> {
  const value = shallowRef<Value>();
  const error = shallowRef<unknown>();
  const loading = ref(false);
  let asking = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const reload = async () => {
    asking.abort();
    clearTimeout(timer);
    const own = new AbortController();
    asking = own;
    loading.value = true;
    try {
      const loaded = await load(own.signal);
      if (own.signal.aborted) return;
      value.value = loaded;
      error.value = undefined;
    } catch (failure) {
      if (own.signal.aborted) return;
      error.value = failure;
    }
    loading.value = false;
    if (every !== undefined && !document.hidden) timer = setTimeout(reload, every);
  };

  const onVisible = () => {
    if (every !== undefined && !document.hidden) void reload();
  };
  document.addEventListener('visibilitychange', onVisible);
  onScopeDispose(() => {
    asking.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  });
  void reload();
  return { value, error, loading, reload };
}
