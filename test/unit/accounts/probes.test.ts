import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountLimits } from '../../../shared/accounts/lease.ts';
import { RateLimitedError } from '../../../shared/chat/errors/account-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
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

describe('a probe', () => {
  it('is one request, while the others find the account busy', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const limits = { ...one, maxInFlight: 8 };
    const pool = fixture.newPool(limits);
    await pool.settle(await pool.lease('chat'), 'chat', new RateLimitedError('slow', { retryAfterSeconds: 5 }));
    fixture.time += 5000;
    const probe = await pool.lease('chat');
    expect(probe.place?.taken.probe).toBe('chat');
    for (const instance of [pool, fixture.newPool(limits)]) {
      await expect(instance.lease('chat')).rejects.toMatchObject(busy);
      expect(await instance.lease('image')).toBeDefined();
    }
    await pool.settle(probe, 'chat', 'ok');
    expect(await fixture.rows()).toMatchObject([{ waits: {} }]);
    const others = await Promise.all(Array.from({ length: 4 }, () => pool.lease('chat')));
    expect(others).toHaveLength(4);
  });

  it('that ends without a word is followed by another', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool({ ...one, maxInFlight: 8 });
    await pool.settle(await pool.lease('chat'), 'chat', new RateLimitedError('slow', { retryAfterSeconds: 5 }));
    fixture.time += 5000;
    pool.release(await pool.lease('chat'));
    await pool.flush();
    expect((await pool.lease('chat')).place?.taken.probe).toBe('chat');
  });

  it('is none once the wait was taken back, also for an instance that still knows the wait', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const limits = { ...one, maxInFlight: 8 };
    const pool = fixture.newPool(limits);
    await pool.settle(await pool.lease('chat'), 'chat', new RateLimitedError('slow', { retryAfterSeconds: 5 }));
    fixture.time += 5000;
    const other = fixture.newPool(limits);
    await other.health();
    await pool.settle(await pool.lease('chat'), 'chat', 'ok');
    const late = await other.lease('chat', { patience: 1 });
    expect(late.place?.taken.probe).toBeUndefined();
    expect(await Promise.all(Array.from({ length: 4 }, () => other.lease('chat')))).toHaveLength(4);
  });

  it('of a killed instance is followed by another once its lease is over', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool({ ...one, maxInFlight: 8 });
    await pool.settle(await pool.lease('chat'), 'chat', new RateLimitedError('slow', { retryAfterSeconds: 5 }));
    fixture.time += 5000;
    await pool.lease('chat');
    fixture.time += 60_000;
    const next = fixture.newPool({ ...one, maxInFlight: 8 });
    expect((await next.lease('chat')).place?.taken.probe).toBe('chat');
  });
});
