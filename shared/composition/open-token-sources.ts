import type { TokenSources } from '../accounts/renewal-run.ts';
import type { ChatUpstream } from '../chat/upstream.ts';

/** Milliseconds that a sign-in may take while a caller waits for it. */
const signInLimit = 15_000;
/** Milliseconds that a refresh may take; what comes later is of no use, as another instance has taken over by then. */
const refreshLimit = 10_000;

/** The upstream's ways to a new token, each with its time limit. */
export function openTokenSources(upstream: ChatUpstream): TokenSources {
  return {
    signIn: (email, password, proxyUrl) => upstream.signIn(email, password, AbortSignal.timeout(signInLimit), proxyUrl),
    refresh: (grant) => upstream.refresh(grant, AbortSignal.timeout(refreshLimit)),
  };
}
