import { describe, expect, it } from 'vitest';
import { CallerToken } from '../../../shared/chat/caller-token.ts';
import { jsonResponse } from '../../../shared/http/http-response.ts';
import { whole, wholeOf } from './handlers.ts';
import { type Asking, route } from './instance.ts';
import { errorOf, openWorld, plan } from './world.ts';

const day = 24 * 3600 * 1000;

describe('a repeated key', () => {
  it('gives a stream again, byte for byte, without another upstream call', async () => {
    const { clock, ask, answers } = openWorld();
    const first = await clock.until(ask());
    const again = await clock.until(ask());
    expect(first).toMatchObject({ status: 200, text: wholeOf(1, plan) });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(again.text).toBe(first.text);
    expect(again.headers).toEqual({ ...first.headers, 'idempotent-replayed': 'true' });
    expect(answers()).toBe(1);
  });

  it('gives a whole answer again, with its status and its own headers', async () => {
    const { clock, ask, answers } = openWorld(whole);
    const first = await clock.until(ask());
    const again = await clock.until(ask());
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'x-qwen-model': 'm',
      'idempotent-replayed': 'true',
    });
    expect(answers()).toBe(1);
  });

  it('gives an answer of many megabytes again', async () => {
    const { clock, instance } = openWorld();
    const body = { text: Array.from({ length: 300_000 }, (_, index) => `ж${Math.sin(index)}`).join('') };
    const first = await clock.until(instance().ask(async () => jsonResponse(body)));
    const again = await clock.until(instance().ask(() => Promise.reject(new Error('never called'))));
    expect(first.text.length).toBeGreaterThan(5_000_000);
    expect(again.text === first.text).toBe(true);
  });

  it('means another answer for another caller, on another path, and a day later', async () => {
    const { clock, ask, answers } = openWorld();
    const first = await clock.until(ask());
    const others: Asking[] = [
      { caller: { id: 'other', role: 'user' } },
      { route: { ...route, path: '/v1/messages' } },
      { parameters: { model: 'm' } },
      { key: 'two' },
    ];
    for (const asking of others) await clock.until(ask(asking));
    expect(answers()).toBe(5);
    await clock.pass(day - 60_000);
    expect((await clock.until(ask())).text).toBe(first.text);
    await clock.pass(120_000);
    expect((await clock.until(ask())).text).toBe(wholeOf(6, plan));
  });

  it('is a conflict with another body or query, and none with the same one written otherwise', async () => {
    const { clock, ask, answers } = openWorld();
    await clock.until(ask({ body: { a: 1, b: [{ c: 'x', d: null }] }, query: { alt: 'sse' } }));
    const same = { body: { b: [{ d: null, c: 'x' }], a: 1 }, query: { alt: 'sse', key: 'secret' } };
    expect((await clock.until(ask(same))).headers).toHaveProperty('idempotent-replayed');
    for (const body of [{ a: 1, b: [{ c: 'x', d: 0 }] }, { a: 1 }, [1], undefined]) {
      const error = await errorOf(clock.until(ask({ ...same, body })));
      expect([error.status, error.code]).toEqual([409, 'idempotency_conflict']);
    }
    expect((await errorOf(clock.until(ask({ ...same, query: {} })))).code).toBe('idempotency_conflict');
    expect(answers()).toBe(1);
  });

  it('costs nothing where there is none, where nothing is created, and for tokens of callers', async () => {
    const { clock, ask, answers, instance } = openWorld();
    const { creates: _, ...reading } = route;
    const tokens = [new CallerToken('jwt')];
    const askings: Asking[] = [{ key: '' }, { route: reading }, { caller: { id: 'token', role: 'user', tokens } }];
    for (const asking of askings) {
      for (let times = 0; times < 2; times += 1) {
        const one = instance();
        await clock.until(ask(asking, one));
        expect(one.calls).toEqual({ reads: 0, writes: 0, bytes: 0 });
      }
    }
    expect(answers()).toBe(6);
  });

  it.each(['x'.repeat(256), 'täst', 'line\nfeed'])('is refused when it is no key: %j', async (key) => {
    const { clock, ask } = openWorld();
    const error = await errorOf(clock.until(ask({ key })));
    expect([error.status, error.code, error.param]).toEqual([400, 'invalid_request', 'Idempotency-Key']);
  });
});
