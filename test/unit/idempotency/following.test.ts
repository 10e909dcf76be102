import { describe, expect, it } from 'vitest';
import type { RouteHandler } from '../../../shared/http/endpoint.ts';
import { eventStreamResponse } from '../../../shared/http/http-response.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { idleText, type Plan, whole, wholeOf } from './handlers.ts';
import { Instance } from './instance.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { errorOf, openWorld, plan } from './world.ts';

describe('a key whose answer is being made', () => {
  it('follows the stream while it comes', async () => {
    const { clock, ask, answers, instance } = openWorld();
    const follower = instance();
    const [first, other] = await clock.until(Promise.all([ask(), clock.delay(1000).then(() => ask({}, follower))]));
    expect(other.text).toBe(first.text);
    expect(other.pieces).toBeGreaterThan(2);
    expect(follower.notes).toContainEqual({ replayed: true });
    expect(answers()).toBe(1);
  });

  it('waits for a whole answer', async () => {
    const { clock, ask, answers } = openWorld(whole);
    const got = await clock.until(Promise.all(Array.from({ length: 50 }, () => ask())));
    expect(new Set(got.map(({ text }) => text)).size).toBe(1);
    expect(answers()).toBe(1);
  });

  it('is a conflict at once with another body', async () => {
    const { clock, ask } = openWorld();
    const first = ask();
    const error = await errorOf(clock.until(ask({ body: {} })));
    expect(error.code).toBe('idempotency_conflict');
    await clock.until(first);
  });

  it('is waited for no longer than the function lasts', async () => {
    const slow: Plan = { waits: [2_000_000], end: 'good' };
    const { clock, ask } = openWorld(whole, [slow]);
    const first = ask();
    const startedAt = clock.now();
    const error = await errorOf(clock.until(ask()));
    expect([error.status, error.code, error.shouldRetry, error.retryAfterSeconds]).toEqual([
      409,
      'idempotency_in_progress',
      true,
      1,
    ]);
    expect(clock.now() - startedAt).toBeLessThan(900_000);
    await clock.until(first);
    expect((await clock.until(ask())).text).toContain('"answer":1');
  });

  it('keeps followers alive with what the stream itself says in silence', async () => {
    const clock = new SimulatedClock();
    const table = new MemoryTable();
    let idle = () => '';
    const silent: RouteHandler = async () => {
      async function* pieces(): AsyncGenerator<string, void, undefined> {
        yield 'begin';
        await clock.delay(20_000);
        idle();
        await clock.delay(20_000);
        yield 'end';
      }
      return eventStreamResponse({ pieces: pieces(), idle: () => idleText, idleAfter: 15_000, abandon: () => {} });
    };
    const bodies: Parameters<typeof idles>[0] = [];
    const first = new Instance(table, clock, (body) => {
      idle = body.idle;
    });
    const other = new Instance(table, clock, (body) => bodies.push(body));
    const both = Promise.all([first.ask(silent), clock.delay(1000).then(() => other.ask(silent))]);
    await clock.pass(10_000);
    expect(idles(bodies)).toEqual(['']);
    await clock.pass(15_000);
    expect(idles(bodies)).toEqual([idleText]);
    expect((await clock.until(both)).map(({ text }) => text)).toEqual(['beginend', 'beginend']);
  });
});

function idles(bodies: { readonly idle: () => string }[]): string[] {
  return bodies.map((body) => body.idle());
}

describe('a caller who leaves', () => {
  it.each([1, 2, 3, 4, 5])('after piece %i finds the whole answer when they come back', async (leaveAfter) => {
    const { clock, ask, answers } = openWorld();
    expect((await clock.until(ask({ leaveAfter }))).pieces).toBe(leaveAfter);
    const again = await clock.until(ask());
    expect(again.text).toBe(wholeOf(1, plan));
    expect(again.headers).toHaveProperty('idempotent-replayed');
    expect(answers()).toBe(1);
  });

  it('and comes back at once follows the answer', async () => {
    const { clock, ask, answers } = openWorld();
    const left = ask({ leaveAfter: 2 });
    await clock.pass(2000);
    expect((await clock.until(ask())).text).toBe(wholeOf(1, plan));
    await clock.until(left);
    expect(answers()).toBe(1);
  });
});
