import type { WorkKind } from '../chat/upstream.ts';
import type { AccountPool } from './account-pool.ts';
import type { Lease, LeaseOptions } from './lease.ts';
import type { AccountSource, LeasedAccount } from './leased-account.ts';

/** The gateway's own accounts, each with the pool that has leased it. */
export class PooledAccounts implements AccountSource {
  readonly #pool: AccountPool;

  constructor(pool: AccountPool) {
    this.#pool = pool;
  }

  /** Throws what `AccountPool.lease` throws. */
  async lease(kind: WorkKind, options: LeaseOptions = {}): Promise<LeasedAccount> {
    return this.#leased(await this.#pool.lease(kind, options));
  }

  #leased(lease: Lease): LeasedAccount {
    const { accountId, kind, credentials } = lease;
    return {
      accountId,
      kind,
      credentials,
      settle: (outcome) => this.#pool.settle(lease, kind, outcome),
      release: () => this.#pool.release(lease),
      renew: async (wait) => this.#leased(await this.#pool.renew(lease, wait)),
    };
  }
}
