import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountPool } from '../../../shared/accounts/account-pool.ts';
import type { AccountLimits, Lease } from '../../../shared/accounts/lease.ts';
import { AccountUnauthorizedError } from '../../../shared/chat/errors/account-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { markdownTable } from '../../support/markdown-table.ts';
import { newPoolFixture, type PoolFixture, tokensOf } from './pool-fixture.ts';

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

  it('is given back after four requests in a row', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    const other = fixture.newPool(one);
    for (let turn = 0; turn < 4; turn++) {
      await finish(pool, await pool.lease('chat'));
      if (turn < 3) await expect(other.lease('chat')).rejects.toMatchObject(busy);
    }
    fixture.time += 2000;
    await other.health();
    await other.flush();
    expect(await other.lease('chat')).toBeDefined();
  });
});

describe('what a warm request costs', () => {
  it('is one write after the answer, none before its first token', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool(one);
    const costs: unknown[][] = [];
    for (const name of ['first', 'second', 'third', 'fourth', 'fifth (place given back before)']) {
      fixture.test.sent.length = 0;
      const lease = await pool.lease('chat');
      const before = [...fixture.test.sent];
      await finish(pool, lease);
      costs.push([name, before.join(', ') || '–', fixture.test.sent.slice(before.length).join(', ')]);
    }
    console.log(markdownTable(['request', 'before the first token', 'after the answer'], costs));
    expect(costs[0]).toEqual(['first', 'QueryCommand, UpdateItemCommand', 'UpdateItemCommand']);
    for (const cost of costs.slice(1, 4)) expect(cost.slice(1)).toEqual(['–', 'UpdateItemCommand']);
    expect(costs[4]?.slice(1)).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
  });
});
