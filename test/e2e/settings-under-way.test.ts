import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, openGateway, type TestGateway } from '../support/gateway.ts';
import { callWith, type MadeKey, makeKeys } from '../support/made-keys.ts';
import { OpenStream } from '../support/open-stream.ts';

const limits = { in_flight: 1, day: { requests: 10, tokens: 100_000 } };
const wanted = { metered: { limits }, kept: { limits } } as const;
const body = ask('repeat: one two three four five six', { stream: true });

/** A zone in which it is another day than in UTC. */
const elsewhere = () => (new Date().getUTCHours() < 11 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati');

describe.each(['start', 'dev'] as const)('a change of settings under a request, in mode %s', (mode) => {
  let gateway: TestGateway;
  let keyOf: (name: keyof typeof wanted) => MadeKey;
  const set = async (values: object) =>
    expect((await callWith(gateway, 'PATCH', '/admin/settings', { values })).status).toBe(200);
  const post = (name: keyof typeof wanted, more: Record<string, string> = {}) =>
    gateway.request('POST', '/v1/chat/completions', body, { authorization: `Bearer ${keyOf(name).key}`, ...more });
  const stateOf = async (name: keyof typeof wanted) => {
    const { limits_state } = (await callWith(gateway, 'GET', `/admin/keys/${keyOf(name).id}`)).body;
    const [requests, tokens] = limits_state.data.map(({ used }: { used: number }) => used);
    return { inFlight: limits_state.in_flight, requests, tokens };
  };
  const rowsOf = async (name: keyof typeof wanted) =>
    (await callWith(gateway, 'GET', `/admin/requests?key=${keyOf(name).id}`)).body.data;
  const completions = () => gateway.simulator.control.requests().filter(({ route }) => route === 'completion').length;
  const begin = async (response: Promise<Response>) => {
    const stream = new OpenStream(await response);
    await stream.until((events) => events.some(({ data }) => data.includes('one')));
    return stream;
  };

  beforeAll(async () => {
    const accounts = ['one@example.com', 'two@example.com', 'three@example.com'];
    gateway = await openGateway({ mode, accounts, env: { SETTINGS_CACHE_SECONDS: '0' } });
    keyOf = await makeKeys(gateway, wanted);
  });
  beforeEach(() => {
    gateway.simulator.control.heal();
    gateway.simulator.control.fault({ fault: 'stall-after', after: 2 });
  });
  afterAll(() => gateway.close());

  it('leaves it what is reserved for it, and charges it once, on the day that it began', async () => {
    const stream = await begin(post('metered'));
    expect(await stateOf('metered')).toMatchObject({ inFlight: 1, requests: 1 });
    await set({ TIME_ZONE: elsewhere(), CHAT_TITLE: 'of the next version' });
    // What comes now is of another version, and of another day; the place is taken all the same.
    const refused = await post('metered');
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('too_many_in_flight')]);
    expect(await stateOf('metered')).toEqual({ inFlight: 1, requests: 0, tokens: 0 });

    gateway.simulator.control.release();
    expect(await (await stream.end()).text()).toMatch(/six[\s\S]*\[DONE\]/);
    expect((await stateOf('metered')).inFlight).toBe(0);
    const next = await post('metered');
    expect([next.status, await next.text()]).toEqual([200, expect.stringContaining('[DONE]')]);
    const [ofNext] = await rowsOf('metered');
    const tokensOf = (row: { prompt_tokens: number; completion_tokens: number }) =>
      row.prompt_tokens + row.completion_tokens;
    expect(await stateOf('metered')).toEqual({ inFlight: 0, requests: 1, tokens: tokensOf(ofNext) });

    await set({ TIME_ZONE: null });
    const good = (await rowsOf('metered')).filter(
      ({ id, status }: { id: string; status: number }) => status === 200 && id !== ofNext.id,
    );
    expect(good).toHaveLength(1);
    expect(tokensOf(good[0])).toBeGreaterThan(0);
    expect(await stateOf('metered')).toEqual({ inFlight: 0, requests: 1, tokens: tokensOf(good[0]) });
  });

  it('lets its answer be followed, and kept for its Idempotency-Key', async () => {
    const before = completions();
    const keyed = { 'idempotency-key': 'before the change' };
    const stream = await begin(post('kept', keyed));
    await set({ CHAT_TITLE: `title of ${mode}`, IDLE_EVENT_SECONDS: 5 });
    const follower = await begin(post('kept', keyed));
    await set({ CHAT_TITLE: null, IDLE_EVENT_SECONDS: null });
    gateway.simulator.control.release();
    const texts = [await (await stream.end()).text(), await (await follower.end()).text()];
    const again = await post('kept', keyed);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect([texts[1], await again.text()]).toEqual([texts[0], texts[0]]);
    expect(texts[0]).toMatch(/six[\s\S]*\[DONE\]/);
    expect(completions()).toBe(before + 1);
    expect(await stateOf('kept')).toMatchObject({ inFlight: 0, requests: 1 });
    expect(await rowsOf('kept')).toHaveLength(1);
  });
});
