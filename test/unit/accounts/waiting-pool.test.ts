import { describe, expect, it } from 'vitest';
import type { Lease, LeaseOptions } from '../../../shared/accounts/lease.ts';
import { RateLimitedError } from '../../../shared/chat/errors/account-faults.ts';
import { World } from './simulation/world.ts';

const second = 1000;

/** One instance with some accounts, in simulated time. */
async function newPool(accounts: number, spacing = 0) {
  const { time, instances, ids } = await World.create({
    accounts,
    instances: 2,
    limits: { maxInFlight: 1, spacing, wait: 30 * second },
    outcome: () => 'ok',
    duration: () => 0,
  });
  const [one, other] = instances.map(({ pool }) => pool);
  if (one === undefined || other === undefined) throw new Error('the world has no instances');
  const lease = async (options?: LeaseOptions): Promise<Lease> => {
    const leased = one.lease('chat', options);
    await time.runUntil(time.now() + 100);
    return leased;
  };
  return { time, ids, pool: one, other, lease };
}

describe('callers for whom every account is busy', () => {
  it('wait in line, and are served in their order', async () => {
    const { time, pool, lease } = await newPool(1);
    let current = await lease();
    const order: number[] = [];
    const waiting = [0, 1, 2].map((caller) =>
      pool.lease('chat').then((given) => {
        order.push(caller);
        return given;
      }),
    );
    for (const next of waiting) {
      await time.runUntil(time.now() + second);
      pool.settle(current, 'chat', 'ok');
      await time.runUntil(time.now() + 50);
      current = await next;
    }
    expect(order).toEqual([0, 1, 2]);
  });

  it('get what another instance gives back', async () => {
    const { time, pool, other, lease } = await newPool(1);
    const theirs = await lease();
    const mine = other.lease('chat');
    await time.runUntil(time.now() + 5 * second);
    const givenBack = time.now();
    pool.settle(theirs, 'chat', 'ok');
    await time.runUntil(givenBack + 8 * second);
    expect((await mine).accountId).toBe(theirs.accountId);
  });

  it('wait for the distance between two requests', async () => {
    const { time, pool, lease } = await newPool(1, 3 * second);
    const begun = time.now();
    const first = await lease();
    pool.settle(first, 'chat', 'ok');
    let servedAt = 0;
    pool.lease('chat').then(() => {
      servedAt = time.now();
    });
    await time.runUntil(begun + 10 * second);
    expect(servedAt - begun).toBeGreaterThanOrEqual(3 * second);
    expect(servedAt - begun).toBeLessThan(3.5 * second);
  });

  it('are told to come again after thirty seconds, or when their own time is up', async () => {
    const { time, pool, lease } = await newPool(1);
    await lease();
    const start = time.now();
    const errors: [number, unknown][] = [];
    const note = (error: unknown) => errors.push([Math.round((time.now() - start) / second), error]);
    pool.lease('chat').catch(note);
    pool.lease('chat', { patience: 5 * second }).catch(note);
    await time.runUntil(start + 60 * second);
    const busy = { status: 429, code: 'rate_limit_exceeded', retryAfterSeconds: 5 };
    expect(errors).toMatchObject([
      [5, busy],
      [30, busy],
    ]);
  });

  it('stop waiting when they leave', async () => {
    const { time, pool, lease } = await newPool(1);
    const first = await lease();
    const leaving = new AbortController();
    const gone = expect(pool.lease('chat', { signal: leaving.signal })).rejects.toThrow('the caller has left');
    await time.runUntil(time.now() + second);
    leaving.abort(new Error('the caller has left'));
    await gone;
    pool.settle(first, 'chat', 'ok');
    expect((await lease()).accountId).toBe(first.accountId);
  });

  it('are told at once when nothing is left to wait for', async () => {
    const { time, pool, lease } = await newPool(1);
    const first = await lease();
    const start = time.now();
    const told = expect(pool.lease('chat')).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
    await time.runUntil(start + second);
    pool.settle(first, 'chat', new RateLimitedError('slow down', { retryAfterSeconds: 5 }));
    await time.runUntil(start + 2 * second);
    await told;
  });

  it('wait for the owner of their chat, while others pass', async () => {
    const { time, pool, lease } = await newPool(2);
    const owner = await lease();
    const pinned = pool.lease('chat', { accountId: owner.accountId });
    const free = await lease();
    expect(free.accountId).not.toBe(owner.accountId);
    pool.settle(owner, 'chat', 'ok');
    await time.runUntil(time.now() + second);
    expect((await pinned).accountId).toBe(owner.accountId);
  });
});
