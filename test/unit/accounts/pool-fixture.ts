import { randomBytes } from 'node:crypto';
import { type Account, lane, readAccount } from '../../../shared/accounts/account.ts';
import { AccountPool } from '../../../shared/accounts/account-pool.ts';
import { importAccounts } from '../../../shared/accounts/import-accounts.ts';
import type { AccountLimits } from '../../../shared/accounts/lease.ts';
import type { Refresh, SignIn } from '../../../shared/accounts/renewal-run.ts';
import { AccountUnauthorizedError } from '../../../shared/chat/errors/account-faults.ts';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { accountsPartition } from '../../../shared/store/keys.ts';
import type { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import type { DynaliteServer, TestTable } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';

export const start = Date.UTC(2026, 10, 21, 12);
export const hour = 3600 * 1000;

/** A table with accounts, a clock, and as many instances of the pool as a test wants. */
export interface PoolFixture {
  time: number;
  readonly test: TestTable;
  readonly box: SecretBox;
  /** What the stand-in for the upstream's sign-in does; every call is noted. */
  signIn: SignIn;
  readonly signIns: string[];
  /** What the stand-in for the upstream's refresh does; every refresh token sent is noted. */
  refresh: Refresh;
  readonly refreshes: string[];
  readonly storeErrors: StoreUnavailableError[];
  /** Another instance, with a snapshot of its own. */
  newPool(limits?: AccountLimits): AccountPool;
  import(env: Record<string, string>): ReturnType<typeof importAccounts>;
  /** The rows as they are in the table, by label. */
  rows(): Promise<Account[]>;
}

export async function newPoolFixture(dynalite: DynaliteServer): Promise<PoolFixture> {
  const test = await dynalite.newTable();
  const key = randomBytes(32);
  const box = new SecretBox(async () => key);
  const fixture: PoolFixture = {
    time: start,
    test,
    box,
    signIns: [],
    refreshes: [],
    storeErrors: [],
    refresh: () => Promise.reject(new AccountUnauthorizedError('no refresh here')),
    signIn: async (email) => ({ token: makeToken({ id: email, exp: fixture.time / 1000 + 900 }, randomSignature()) }),
    newPool: (limits = { maxInFlight: 8, spacing: 0, wait: 0 }) =>
      new AccountPool({
        table: test.table,
        secretBox: box,
        now: () => fixture.time,
        limits,
        onStoreError: (error) => fixture.storeErrors.push(error),
        signIn: (email, password) => {
          fixture.signIns.push(email);
          return fixture.signIn(email, password);
        },
        refresh: (grant) => {
          fixture.refreshes.push(grant.refreshToken);
          return fixture.refresh(grant);
        },
      }),
    import: (env) => importAccounts(env, test.table, box),
    async rows() {
      const items = await test.table.query(accountsPartition(lane), { consistent: true });
      return items.flatMap((item) => readAccount(item) ?? []).toSorted((a, b) => a.label.localeCompare(b.label));
    },
  };
  return fixture;
}

/** Tokens of different users that end in 30 days. */
export function tokensOf(...users: string[]): string {
  return users.map((id) => makeToken({ id, exp: start / 1000 + 30 * 24 * 3600 }, randomSignature())).join(',');
}

function randomSignature(): string {
  return randomBytes(12).toString('base64url');
}
