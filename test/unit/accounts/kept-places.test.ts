import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountPool } from '../../../shared/accounts/account-pool.ts';
import type { AccountLimits, Lease } from '../../../shared/accounts/lease.ts';
import { AccountUnauthorizedError } from '../../../shared/chat/errors/account-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { markdownTable } from '../../support/markdown-table.ts';
import { newPoolFixture, type PoolFixture, tokensOf } from './pool-fixture.ts';
import { World } from './simulation/world.ts';

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

describe('spacing', () => {
  const spaced = { ...one, spacing: 3000 };

  it('keeps the beginnings of two requests apart, whichever instance they are on', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(spaced);
    await finish(pool, await pool.lease('chat'));
    fixture.time += 1999;
    await expect(pool.lease('chat')).rejects.toMatchObject({ ...busy, retryAfterSeconds: 2 });
    const other = fixture.newPool(spaced);
    await expect(other.lease('chat')).rejects.toMatchObject(busy);
    fixture.time += 1001;
    expect(await other.lease('chat')).toBeDefined();
  });

  it('does not delay another try with a new token', async () => {
    await fixture.import({ ACCOUNTS: 'owner@example.com:secret' });
    const pool = fixture.newPool(spaced);
    pool.release(await pool.lease('chat'));
    fixture.time += 120_000;
    const lease = await pool.lease('chat');
    await pool.settle(lease, 'chat', new AccountUnauthorizedError('expired'));
    fixture.time += 100;
    expect((await pool.renew(lease)).accountId).toBe(lease.accountId);
  });
});

describe('an account that was just used', () => {
  it('stays with the instance for two seconds, for its next request', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    const other = fixture.newPool(one);
    await finish(pool, await pool.lease('chat'));
    fixture.time += 1000;
    await expect(other.lease('chat')).rejects.toMatchObject({ ...busy, retryAfterSeconds: 1 });
    fixture.time += 700;
    expect(await pool.lease('chat')).toBeDefined();
  });

  it('is free for others after that', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    await finish(pool, await pool.lease('chat'));
    fixture.time += 2000;
    expect(await fixture.newPool(one).lease('chat')).toBeDefined();
    await expect(pool.lease('chat')).rejects.toMatchObject(busy);
  });

  it('is given back after four requests in a row, or after as many as there are in two seconds', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    const other = fixture.newPool(one);
    for (let turn = 0; turn < 7; turn++) {
      await finish(pool, await pool.lease('chat'));
      if (turn < 6) await expect(other.lease('chat')).rejects.toMatchObject(busy);
      if (turn < 5) fixture.time += 350;
      else fixture.time += 250;
    }
    await other.flush();
    expect(await other.lease('chat')).toBeDefined();
  });
});

/** One instance whose timers run in simulated time, and what it has written. */
async function newInstance(accounts: number, limits = one) {
  const world = await World.create({ accounts, instances: 1, limits, outcome: () => 'ok', duration: () => 0 });
  const pool = world.instances[0]?.pool;
  if (pool === undefined) throw new Error('The world has no instance.');
  const { operations } = world.table;
  const lease = () => world.time.during(pool.lease('chat'));
  return { world, time: world.time, pool, lease, writes: () => operations.update };
}

describe('an account that was just used, while another request of its instance runs', () => {
  it('costs nothing until it is given back, two seconds after its last use', async () => {
    const { world, time, pool, lease, writes } = await newInstance(2);
    const running = await lease();
    const first = await lease();
    const before = writes();
    for (let turn = 0; turn < 6; turn++) {
      const next = turn === 0 ? first : await lease();
      expect(next.accountId).toBe(first.accountId);
      await pool.settle(next, 'chat', 'ok');
      await time.during(pool.flush());
      await time.runUntil(time.now() + 200);
    }
    expect(writes()).toBe(before);
    expect(world.observer.inspect(first.accountId)?.slots[0]?.until).toBeGreaterThan(time.now() + 50_000);
    await time.runUntil(time.now() + 2000);
    expect(writes()).toBe(before + 1);
    expect(world.observer.inspect(first.accountId)?.slots[0]?.until).toBe(0);
    pool.release(running);
  });

  it('keeps its distance, which no snapshot knows of', async () => {
    const { time, pool, lease } = await newInstance(2, { ...one, spacing: 10_000, wait: 60_000 });
    const running = await lease();
    const first = await lease();
    await time.runUntil(time.now() + 9_000);
    await pool.settle(first, 'chat', 'ok');
    const begins: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const next = await lease();
      begins.push(time.now());
      await time.runUntil(time.now() + 9_000);
      await pool.health();
      await pool.settle(next, 'chat', 'ok');
    }
    for (const [turn, begin] of begins.slice(1).entries()) {
      expect(begin - (begins[turn] ?? 0)).toBeGreaterThanOrEqual(10_000);
    }
    pool.release(running);
  });

  it('is told to others by the last invocation that ends, since timers stand still in a frozen function', async () => {
    const { world, time, pool, lease, writes } = await newInstance(2);
    const [one, other] = [await lease(), await lease()];
    const before = writes();
    for (const { place } of [one, other]) expect(place?.busy).toBe(true);
    await pool.settle(one, 'chat', 'ok');
    await time.during(pool.flush());
    expect(writes()).toBe(before);
    await pool.settle(other, 'chat', 'ok');
    await time.during(pool.flush());
    expect(writes()).toBe(before + 2);
    for (const { accountId } of [one, other]) {
      expect(world.observer.inspect(accountId)?.slots[0]?.until).toBeLessThanOrEqual(time.now() + 2000);
    }
  });
});

describe('what a warm request costs', () => {
  it('is one write after the answer, none before its first token', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    const costs: unknown[][] = [];
    for (const name of ['first', 'second', 'third', 'fourth', 'fifth (turn over, snapshot old)']) {
      fixture.test.sent.length = 0;
      const lease = await pool.lease('chat');
      const before = [...fixture.test.sent];
      fixture.time += 600;
      await finish(pool, lease);
      costs.push([name, before.join(', ') || '–', fixture.test.sent.slice(before.length).join(', ')]);
    }
    console.log(markdownTable(['request', 'before the first token', 'after the answer'], costs));
    expect(costs[0]).toEqual(['first', 'QueryCommand, UpdateItemCommand', 'UpdateItemCommand']);
    for (const cost of costs.slice(1, 4)) expect(cost.slice(1)).toEqual(['–', 'UpdateItemCommand']);
    expect(costs[4]?.slice(1)).toEqual(['QueryCommand, UpdateItemCommand', 'UpdateItemCommand']);
  });
});
