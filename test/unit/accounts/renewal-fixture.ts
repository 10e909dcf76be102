import { randomUUID } from 'node:crypto';
import type { Account } from '../../../shared/accounts/account.ts';
import { AccountRows } from '../../../shared/accounts/account-rows.ts';
import { type AccountInput, addAccount } from '../../../shared/accounts/add-account.ts';
import { openCurrentSecret } from '../../../shared/accounts/current-secret.ts';
import { FaultEffects } from '../../../shared/accounts/fault-effects.ts';
import { Renewals } from '../../../shared/accounts/renewals.ts';
import { AccountUnauthorizedError } from '../../../shared/chat/errors/account-faults.ts';
import type { Session } from '../../../shared/chat/upstream.ts';
import type { DynaliteServer } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { newPoolFixture, type PoolFixture } from './pool-fixture.ts';

/** One account that has a refresh token, and a site that takes each refresh token once. */
export interface RenewalFixture extends PoolFixture {
  /** Refresh tokens that were sent a second time. */
  readonly reused: string[];
  /** Another instance. Its pauses let the clock run. */
  newInstance(): Renewals;
  /** What the site does with a refresh token: it gives a new token that lives for so many seconds. */
  redeem(refreshToken: string, seconds?: number): Session;
  add(input: AccountInput): Promise<Account>;
  /** The only account, as it is in the table. */
  account(): Promise<Account>;
  secret(): ReturnType<typeof openCurrentSecret>;
}

export const firstRefreshToken = 'refresh-0000000000000000';
/** Milliseconds that pass with each look at somebody else's renewal. */
export const pauseLength = 1500;

export async function newRenewalFixture(dynalite: DynaliteServer): Promise<RenewalFixture> {
  const pool = await newPoolFixture(dynalite);
  const valid = new Set([firstRefreshToken]);
  const seen = new Set<string>();
  const fixture: RenewalFixture = Object.assign(pool, {
    reused: [],
    redeem(refreshToken: string, seconds = 900) {
      if (seen.has(refreshToken)) fixture.reused.push(refreshToken);
      seen.add(refreshToken);
      if (!valid.delete(refreshToken)) throw new AccountUnauthorizedError('refused', { upstreamCode: 'unauthorized' });
      const next = `refresh-${randomUUID()}`;
      valid.add(next);
      return { token: accessToken(fixture.time, seconds), kind: 'access' as const, refreshToken: next };
    },
    newInstance() {
      const now = () => fixture.time;
      const rows = new AccountRows(fixture.test.table, now);
      return new Renewals({
        table: fixture.test.table,
        rows,
        effects: new FaultEffects(rows, now),
        secretBox: fixture.box,
        now,
        pause: async () => {
          fixture.time += pauseLength;
        },
        signIn: (email, password) => {
          fixture.signIns.push(email);
          return fixture.signIn(email, password);
        },
        refresh: (grant) => {
          fixture.refreshes.push(grant.refreshToken);
          return fixture.refresh(grant);
        },
      });
    },
    async add(input: AccountInput) {
      await addAccount(fixture.test.table, fixture.box, input, 'test');
      return fixture.account();
    },
    async account() {
      const [account] = await fixture.rows();
      if (account === undefined) throw new Error('there is no account');
      return account;
    },
    secret: async () => openCurrentSecret(fixture.box, await fixture.account()),
  });
  fixture.refresh = async ({ refreshToken }) => fixture.redeem(refreshToken);
  return fixture;
}

/** @returns an access token that nobody else has. */
export function accessToken(now: number, seconds: number): string {
  return makeToken({ id: 'user', exp: Math.floor(now / 1000) + seconds, type: 'access_token' }, randomUUID());
}
