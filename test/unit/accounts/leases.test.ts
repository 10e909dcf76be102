import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import { AccountPool } from '../../../shared/accounts/account-pool.ts';
import type { AccountLimits, Lease } from '../../../shared/accounts/lease.ts';
import { ChallengeError, RateLimitedError } from '../../../shared/chat/errors/account-faults.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { newPoolFixture, type PoolFixture, tokensOf } from './pool-fixture.ts';
import { SimulatedTime } from './simulation/simulated-time.ts';

const one: AccountLimits = { maxInFlight: 1, spacing: 0, wait: 0 };
const busy = { status: 429, code: 'rate_limit_exceeded' };
let dynalite: DynaliteServer;
let fixture: PoolFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newPoolFixture(dynalite);
});
afterAll(() => dynalite.close());

async function finish(pool: AccountPool, lease: Lease): Promise<void> {
  await pool.settle(lease, 'chat', 'ok');
  await pool.flush();
}

describe('a lease', () => {
  it('keeps the account from everybody else', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    await pool.lease('chat');
    await expect(pool.lease('chat')).rejects.toMatchObject(busy);
    await expect(fixture.newPool(one).lease('image')).rejects.toMatchObject(busy);
  });

  it('goes to one of twenty instances that want the same account at once', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pools = Array.from({ length: 20 }, () => fixture.newPool(one));
    await Promise.all(pools.map((pool) => pool.health()));
    const results = await Promise.allSettled(pools.map((pool) => pool.lease('chat')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? result.reason : []));
    for (const error of refused) expect(error).toMatchObject(busy);
  });

  it('finds each of twenty instances an account of its own', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf(...Array.from({ length: 20 }, (_, user) => `user-${user}`)) });
    const pools = Array.from({ length: 20 }, () => fixture.newPool(one));
    await Promise.all(pools.map((pool) => pool.health()));
    const leases = await Promise.all(pools.map((pool) => pool.lease('chat')));
    expect(new Set(leases.map(({ accountId }) => accountId)).size).toBe(20);
  });

  it('ends by itself when nobody renews it', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    await fixture.newPool(one).lease('chat');
    const other = fixture.newPool(one);
    fixture.time += 59_999;
    await expect(other.lease('chat')).rejects.toMatchObject(busy);
    fixture.time += 1;
    expect(await other.lease('chat')).toBeDefined();
  });

  it.each(['ok', new RateLimitedError('slow'), new ChallengeError('solve this')] as const)(
    'lets a late owner write nothing (%#)',
    async (outcome) => {
      await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
      const late = fixture.newPool(one);
      const lease = await late.lease('chat');
      fixture.time += 60_000;
      const theirs = await fixture.newPool(one).lease('chat', { accountId: lease.accountId });
      await late.settle(lease, 'chat', outcome);
      await late.flush();
      const row = (await fixture.rows()).find(({ id }) => id === lease.accountId);
      expect(row).toMatchObject({ state: 'ok', waits: {} });
      expect(row?.slots).toEqual([{ until: fixture.time + 60_000, fence: theirs.place?.taken.fence }]);
    },
  );

  it('is given back by a request that tells nothing', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    pool.release(await pool.lease('chat'));
    expect(await pool.lease('chat')).toBeDefined();
  });

  it('is neither needed nor taken for an errand', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    await pool.lease('chat');
    fixture.test.sent.length = 0;
    const errand = await pool.lease('chat', { errand: true });
    await finish(pool, errand);
    expect(fixture.test.sent).toEqual([]);
    await pool.settle(errand, 'chat', new ChallengeError('solve this'));
    expect(await fixture.rows()).toMatchObject([{ state: 'challenge' }]);
  });

  it('is renewed while the answer runs', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const time = new SimulatedTime(fixture.time);
    const { now, after } = time;
    const unused = () => Promise.reject(new Error('not used'));
    const { table } = fixture.test;
    const pool = new AccountPool({
      table,
      secretBox: fixture.box,
      signIn: unused,
      refresh: unused,
      limits: one,
      now,
      after,
    });
    const lease = await pool.lease('chat');
    for (let minute = 0; minute < 5; minute++) {
      await time.runUntil(now() + 60_000);
      await lease.place?.written();
      expect((await fixture.rows())[0]?.slots[0]?.until).toBeGreaterThan(now());
    }
    const until = now();
    await finish(pool, lease);
    await time.runUntil(until + 120_000);
    expect((await fixture.rows())[0]?.slots[0]?.until).toBeLessThanOrEqual(until + 2000);
  });
});

describe('several places', () => {
  it('serve as many at once, over all instances', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const limits = { ...one, maxInFlight: 3 };
    const pools = [fixture.newPool(limits), fixture.newPool(limits)];
    await Promise.all(pools.map((pool) => pool.health()));
    const asked = [0, 1, 0, 1, 0, 1].map((at) => pools[at]?.lease('chat'));
    const results = await Promise.allSettled(asked);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect((await fixture.rows())[0]?.slots.map(({ fence }) => fence)).toEqual([1, 1, 1]);
  });
});

it('an account of a state that the table forbids is never leased, even when the snapshot does not know yet', async () => {
  await fixture.import({ QWEN_TOKENS: tokensOf('a') });
  const pool = fixture.newPool(one);
  await pool.health();
  const [row] = await fixture.rows();
  await fixture.test.table.update(accountKey(lane, row?.id ?? ''), { set: { state: 'draining' } });
  await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'accounts_disabled' });
  expect(await pool.lease('chat', { accountId: row?.id ?? '' })).toBeDefined();
});
