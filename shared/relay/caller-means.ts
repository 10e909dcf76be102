import type { AccountPool } from '../accounts/account-pool.ts';
import { BroughtAccounts } from '../accounts/pass-through/brought-accounts.ts';
import type { TokenDesk } from '../accounts/pass-through/token-desk.ts';
import { orderTokens } from '../accounts/pass-through/token-order.ts';
import { PooledAccounts } from '../accounts/pooled-accounts.ts';
import type { Caller } from '../http/invocation.ts';
import type { Logger } from '../logging/logger.ts';
import { Attempts } from './attempts.ts';
import { callersUpstream, type ServingUpstream } from './callers-upstream.ts';

/** With what one request is served. */
export interface Means {
  readonly attempts: Attempts;
  readonly upstream: ServingUpstream;
}

export interface CallerMeansOptions {
  readonly upstream: ServingUpstream;
  readonly pool: AccountPool;
  readonly desk: TokenDesk;
  readonly logger: Logger;
}

/**
 * Knows by whose accounts a caller is served: by the gateway's own, or by those whose tokens the caller has brought. It
 * is the only way for requests to the accounts, so that nobody gets the wrong ones.
 */
export class CallerMeans {
  readonly #options: CallerMeansOptions;
  readonly #ofKeys: Means;
  readonly #callersUpstream: ServingUpstream;

  constructor(options: CallerMeansOptions) {
    const { upstream, pool, logger } = options;
    this.#options = options;
    this.#ofKeys = { upstream, attempts: new Attempts(new PooledAccounts(pool), logger) };
    this.#callersUpstream = callersUpstream(upstream);
  }

  /** @param conversation names what keeps to one token; asked only when there are several. */
  of({ tokens }: Caller, conversation: () => string): Means {
    if (tokens === undefined) return this.#ofKeys;
    const { desk, logger } = this.#options;
    const accounts = new BroughtAccounts(orderTokens(tokens, conversation), desk);
    return { upstream: this.#callersUpstream, attempts: new Attempts(accounts, logger) };
  }
}
