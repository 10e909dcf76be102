import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountPool } from '../../../shared/accounts/account-pool.ts';
import type { Lease } from '../../../shared/accounts/lease.ts';
import type { WorkKind } from '../../../shared/chat/upstream.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { newPoolFixture, type PoolFixture, start } from './pool-fixture.ts';
import { type OutcomeName, outcomes, PoolModel } from './pool-model.ts';

let dynalite: DynaliteServer;

beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

interface Step {
  readonly seconds: number;
  readonly instance: number;
  readonly kind: WorkKind;
  readonly outcome: OutcomeName;
}

// At least three seconds go by, so that both instances know what the other has done.
const step: fc.Arbitrary<Step> = fc.record({
  seconds: fc.oneof(fc.integer({ min: 3, max: 70 }), fc.integer({ min: 3, max: 9000 })),
  instance: fc.nat({ max: 1 }),
  kind: fc.constantFrom('chat', 'image'),
  outcome: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('ok', 'limit', 'longLimit', 'quota') },
    { weight: 2, arbitrary: fc.constantFrom('transport', 'protocol', 'content') },
    { weight: 1, arbitrary: fc.constantFrom('auth', 'challenge', 'account') },
  ),
});

/** A table of accounts whose tokens last this many hours, the model of them, and two instances. */
async function newWorld(hours: readonly number[]) {
  const fixture = await newPoolFixture(dynalite);
  const tokens = hours.map((count, index) => makeToken({ id: `user-${index}`, exp: start / 1000 + count * 3600 }));
  await fixture.import({ QWEN_TOKENS: tokens.join(',') });
  const model = new PoolModel();
  for (const { id, tokenExpiresAt } of await fixture.rows()) model.add(id, tokenExpiresAt ?? 0);
  return { fixture, model, pools: [fixture.newPool(), fixture.newPool()] as const };
}

/** Lets an instance read what it would have read behind the back of its callers. */
async function refresh(pool: AccountPool): Promise<void> {
  await pool.health();
  await pool.flush();
}

async function runStep(step: Step, fixture: PoolFixture, model: PoolModel, pool: AccountPool): Promise<void> {
  fixture.time += step.seconds * 1000;
  await refresh(pool);
  const mayServe = model.mostRested(step.kind, fixture.time);
  const lease: Lease | undefined = await pool.lease(step.kind).catch((error) => {
    const { code, retryAfterSeconds } = error;
    expect({ code, retryAfterSeconds }).toEqual(model.refusal(step.kind, fixture.time));
    return undefined;
  });
  if (lease === undefined) {
    expect(mayServe).toEqual([]);
    return;
  }
  expect(mayServe).toContain(lease.accountId);
  model.use(lease, fixture.time);
  model.settle(lease, step.outcome, fixture.time);
  await pool.settle(lease, step.kind, outcomes[step.outcome]());
  await pool.flush();
}

/**
 * All ask before any is answered, by turns on both instances. Those who come while an account is being probed are told
 * to come again.
 */
async function runBurst(burst: readonly OutcomeName[], pools: readonly [AccountPool, AccountPool]): Promise<void> {
  const asked = await Promise.allSettled(
    burst.map(async (outcome, index) => {
      const pool = pools[index % 2 === 0 ? 0 : 1];
      return { pool, outcome, lease: await pool.lease('chat') };
    }),
  );
  const requests = asked.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  expect(requests.length).toBeGreaterThan(0);
  await Promise.all(requests.map(({ pool, outcome, lease }) => pool.settle(lease, 'chat', outcomes[outcome]())));
  await Promise.all(pools.map((pool) => pool.flush()));
}

describe('two instances of the pool', () => {
  it('act as the model says, whatever the upstream answers', async () => {
    const hours = fc.array(fc.constantFrom(1, 10, 1000), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(hours, fc.array(step, { minLength: 1, maxLength: 15 }), async (hours, steps) => {
        const { fixture, model, pools } = await newWorld(hours);
        for (const step of steps) await runStep(step, fixture, model, pools[step.instance === 0 ? 0 : 1]);
        for (const row of await fixture.rows()) expect(row.state).toBe(model.accounts.get(row.id)?.state);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('leave somebody to serve within ten seconds, however many short limits come at once', async () => {
    const burst = fc.array(fc.constantFrom<OutcomeName>('ok', 'limit', 'longLimit', 'transport'), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(burst, { minLength: 1, maxLength: 3 }),
        async (size, bursts) => {
          const { fixture, model, pools } = await newWorld(Array.from({ length: size }, () => 1000));
          for (const burst of bursts) {
            await runBurst(burst, pools);
            for (const { id, state, waits } of await fixture.rows()) {
              expect(state).toBe('ok');
              expect(model.accounts.has(id)).toBe(true);
              expect(waits.chat?.cause ?? 'limit').toBe('limit');
            }
            fixture.time += 10_000;
            await Promise.all(pools.map(refresh));
            // Of two that come to the only account at once, one probes it and the other is told to come again.
            const asked = await Promise.allSettled(pools.map((pool) => pool.lease('chat')));
            const served = asked.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
            expect(served.length).toBeGreaterThan(0);
            for (const lease of served) pools[0].release(lease);
            await pools[0].flush();
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('one instance', () => {
  it('gives every ready account its turn before any gets a second', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat({ max: 500 }), { maxLength: 8 }),
        async (size, pauses) => {
          const { fixture, pools } = await newWorld(Array.from({ length: size }, () => 1000));
          const order: string[] = [];
          for (const pause of pauses) {
            fixture.time += pause;
            order.push((await pools[0].lease('chat')).accountId);
          }
          for (let at = 0; at + size <= order.length; at++) expect(new Set(order.slice(at, at + size)).size).toBe(size);
          await pools[0].flush();
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});
