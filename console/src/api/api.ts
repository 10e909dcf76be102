import { computed, shallowRef } from 'vue';
import { ApiClient } from './api-client.ts';
import { SessionStore } from './session-store.ts';

const sessions = new SessionStore(sessionStorage);
const shown = shallowRef(sessions.session);
const signedOut = new Set<() => void>();
sessions.onChange((session) => {
  shown.value = session;
});

/** Who is signed in; `undefined` for nobody. */
export const session = computed(() => shown.value);

/** The one way to the gateway. */
export const api = new ApiClient({
  sessions,
  onSignedOut: () => {
    for (const listener of signedOut) listener();
  },
});

/** Calls back when a session has ended by itself. */
export function onSignedOut(listener: () => void): void {
  signedOut.add(listener);
}
