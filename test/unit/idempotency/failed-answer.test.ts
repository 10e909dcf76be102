import { describe, expect, it } from 'vitest';
import type { RouteHandler } from '../../../shared/http/endpoint.ts';
import { jsonResponse } from '../../../shared/http/http-response.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { type Plan, streaming, whole, wholeOf } from './handlers.ts';
import { Instance } from './instance.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { errorOf, openWorld, plan } from './world.ts';

describe('a failed answer', () => {
  it('is not kept: the next request makes another', async () => {
    const failing: Plan = { ...plan, end: 'error' };
    const { clock, ask, answers } = openWorld(whole, [failing]);
    expect((await errorOf(clock.until(ask()))).message).toBe('answer 1 failed');
    expect((await clock.until(ask())).headers).not.toHaveProperty('idempotent-replayed');
    expect(answers()).toBe(2);
  });

  it('may be followed by another body with the same key', async () => {
    const { clock, ask } = openWorld(streaming, [{ ...plan, end: 'broken' }]);
    expect((await clock.until(ask())).text).toContain('"error":');
    expect((await clock.until(ask({ body: { prompt: 'better' } }))).text).toBe(wholeOf(2, plan));
  });

  it('is told to those who wait for it', async () => {
    const { clock, ask, answers } = openWorld(streaming, [{ ...plan, end: 'error' }]);
    const errors = await clock.until(Promise.all([errorOf(ask()), errorOf(ask()), errorOf(ask())]));
    expect(errors.map(({ status, code, message }) => [status, code, message])).toEqual(
      errors.map(() => [502, 'upstream_unavailable', 'answer 1 failed']),
    );
    expect(answers()).toBe(1);
  });

  it('is followed to its end by those who read it already', async () => {
    const { clock, ask, answers } = openWorld(streaming, [{ ...plan, end: 'broken' }]);
    const [first, other] = await clock.until(Promise.all([ask(), ask()]));
    expect(first.text).toContain('"error":');
    expect(other.text).toBe(first.text);
    expect(answers()).toBe(1);
  });

  it('of which the handler itself has made an answer is not kept either', async () => {
    const { clock, instance } = openWorld();
    const teapot: RouteHandler = async () => jsonResponse({ error: 'teapot' }, 418);
    const good: RouteHandler = async () => jsonResponse({ fine: true });
    expect((await clock.until(instance().ask(teapot))).status).toBe(418);
    expect((await clock.until(instance().ask(good))).text).toBe('{"fine":true}');
  });
});

describe('a table that fails', () => {
  /** A table whose writes fail from the given one on. */
  class FailingTable extends MemoryTable {
    #writes = 0;
    failFrom = Number.POSITIVE_INFINITY;

    override put(...put: Parameters<MemoryTable['put']>): Promise<boolean> {
      return this.#fails() ?? super.put(...put);
    }

    override update(...update: Parameters<MemoryTable['update']>): Promise<boolean> {
      return this.#fails() ?? super.update(...update);
    }

    #fails(): Promise<never> | undefined {
      this.#writes += 1;
      return this.#writes < this.failFrom ? undefined : Promise.reject(new StoreUnavailableError('down'));
    }
  }

  it.each([2, 3, 4])('from write %i on costs the caller nothing, and is logged', async (failFrom) => {
    const clock = new SimulatedClock();
    const table = new FailingTable();
    table.failFrom = failFrom;
    const instance = new Instance(table, clock);
    const got = await clock.until(instance.ask(streaming(clock, 1, plan)));
    expect(got.text).toBe(wholeOf(1, plan));
    expect(instance.lines).toHaveLength(1);
    expect(instance.lines[0]).toContain('answer not kept');
    table.failFrom = Number.POSITIVE_INFINITY;
    await clock.pass(31_000);
    expect((await clock.until(new Instance(table, clock).ask(streaming(clock, 2, plan)))).text).toBe(wholeOf(2, plan));
  });

  it('at the first write refuses the request, because nothing could be promised', async () => {
    const clock = new SimulatedClock();
    const table = new FailingTable();
    table.failFrom = 1;
    const error = await errorOf(clock.until(new Instance(table, clock).ask(streaming(clock, 1, plan))));
    expect([error.status, error.code]).toEqual([503, 'store_unavailable']);
  });
});
