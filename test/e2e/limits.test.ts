import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { callWith, type MadeKey, makeKeys, words } from '../support/made-keys.ts';
import { whenVideoOver } from '../support/videos.ts';

const wanted = {
  free: {},
  minute: { limits: { requests_per_minute: 1 } },
  chat: { limits: { day: { requests: 2 } } },
  anthropic: { limits: { day: { requests: 2, tokens: 100_000 } } },
  gemini: { limits: { day: { requests: 2 } } },
  responses: { limits: { day: { requests: 2 } } },
  native: { limits: { day: { requests: 2 } } },
  background: { limits: { requests_per_minute: 60, day: { requests: 1 } } },
  tokens: { limits: { day: { tokens: 600 } } },
  wholeTokens: { limits: { month: { tokens: 600 } } },
  images: { limits: { day: { images: 2 } } },
  videos: { limits: { day: { video_seconds: 12 } } },
  single: { limits: { in_flight: 1 } },
  failing: { limits: { day: { requests: 5, tokens: 100_000 } } },
  repeated: { limits: { day: { requests: 5 } } },
} as const;
type Name = keyof typeof wanted;

const requests: Readonly<Partial<Record<Name, (key: string) => [string, object, Record<string, string>]>>> = {
  chat: (key) => ['/v1/chat/completions', ask('repeat: hi'), { authorization: `Bearer ${key}` }],
  anthropic: (key) => [
    '/v1/messages',
    { model: 'qwen3.7-plus', max_tokens: 50, messages: words },
    { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
  ],
  gemini: (key) => [
    '/v1beta/models/qwen3.7-plus:generateContent',
    { contents: [{ role: 'user', parts: [{ text: 'repeat: hi' }] }] },
    { 'x-goog-api-key': key },
  ],
  responses: (key) => [
    '/v1/responses',
    { model: 'qwen3.7-plus', input: 'repeat: hi' },
    { authorization: `Bearer ${key}` },
  ],
  native: (key) => ['/api/chat', { model: 'qwen3.7-plus', message: 'repeat: hi' }, { authorization: `Bearer ${key}` }],
};

describe.each(['start', 'dev'] as const)('limits of keys in mode %s', { timeout: 120_000 }, (mode) => {
  let gateway: TestGateway;
  let keyOf: (name: Name) => MadeKey;
  const call = (method: string, path: string, body?: unknown, key?: string) =>
    callWith(gateway, method, path, body, key);
  const post = (name: Name, path: string, body: object) =>
    gateway.request('POST', path, body, { authorization: `Bearer ${keyOf(name).key}` });
  const stateOf = async (name: Name) => (await call('GET', `/admin/keys/${keyOf(name).id}`)).body.limits_state;

  beforeAll(async () => {
    const accounts = ['one@example.com', 'two@example.com', 'three@example.com'];
    gateway = await openGateway({ mode, accounts, env: { VIDEO_POLL_SECONDS: '1' } });
    keyOf = await makeKeys(gateway, wanted);
  });
  afterAll(() => gateway.close());

  it('are shown with the key, and refused when they are misspelt', async () => {
    expect((await call('GET', `/admin/keys/${keyOf('chat').id}`)).body).toMatchObject({
      limits: {
        requests_per_minute: null,
        tokens_per_minute: null,
        in_flight: null,
        day: { requests: 2, tokens: null, images: null, video_seconds: null },
        month: { requests: null, tokens: null, images: null, video_seconds: null },
      },
      limits_state: { in_flight: 0, data: [{ window: 'day', unit: 'requests', limit: 2, used: 0, left: 2 }] },
    });
    const { body } = await call('GET', `/admin/keys/${keyOf('free').id}`);
    expect(body).toMatchObject({ limits: null, limits_state: null });
    const wrong = await call('POST', `/admin/keys/${keyOf('free').id}`, { limits: { day: { request: 1 } } });
    expect(wrong).toMatchObject({ status: 400, body: { error: { param: 'limits.day.request' } } });
  });

  it.each(Object.entries(requests))('are told and kept in the dialect of %s', async (name, requestOf) => {
    const known = Object.keys(wanted).find((one): one is Name => one === name) ?? 'free';
    const [path, body, headers] = requestOf(keyOf(known).key);
    const first = await gateway.request('POST', path, body, headers);
    expect([first.status, await first.text()]).toEqual([200, expect.stringContaining('hi')]);
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    expect(first.headers.get('x-ratelimit-reset-requests')).toMatch(/^(\d+h)?(\d+m)?\d+s$/);
    if (name === 'anthropic') {
      expect(first.headers.get('anthropic-ratelimit-requests-remaining')).toBe('1');
      expect(first.headers.get('anthropic-ratelimit-requests-reset')).toMatch(/^\d{4}-\d\d-\d\dT00:00:00.000Z$/);
      expect(Number(first.headers.get('anthropic-ratelimit-tokens-remaining'))).toBeLessThan(100_000);
    } else expect(first.headers.get('anthropic-ratelimit-requests-limit')).toBeNull();
    await (await gateway.request('POST', path, body, headers)).text();
    const refused = await gateway.request('POST', path, body, headers);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    const text = await refused.text();
    expect(text).toContain('2 requests a day; 0 are left');
    if (name === 'gemini') expect(text).toContain('PerDay');
    if (name === 'anthropic') expect(text).toContain('rate_limit_error');
  });

  it('of a minute tell when to come again', async () => {
    // Of three at once, two at least are in the same minute.
    const answers = [];
    for (let count = 0; count < 3; count += 1)
      answers.push(await post('minute', '/v1/chat/completions', ask('repeat: hi')));
    const refused = answers.find(({ status }) => status === 429);
    expect((await parsed(refused ?? new Response('{}'))).error).toMatchObject({ code: 'key_rate_limit_exceeded' });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('end a streamed answer as a limit of the caller would, and leave nothing', async () => {
    const openai = new OpenAI({ baseURL: `${gateway.runtime.url}/v1`, apiKey: keyOf('tokens').key, maxRetries: 0 });
    const stream = await openai.chat.completions.create({
      model: 'qwen3.7-plus',
      messages: [{ role: 'user', content: 'count to 3000' }],
      stream: true,
    });
    const chunks = await Array.fromAsync(stream);
    expect(chunks.flatMap(({ choices }) => choices[0]?.finish_reason ?? [])).toEqual(['length']);
    const [day] = (await stateOf('tokens')).data;
    expect(day).toMatchObject({ unit: 'tokens', limit: 600 });
    expect(day.used).toBeGreaterThan(500);
    expect(day.used).toBeLessThanOrEqual(600);
  });

  it('are no reason for a client to try again when a budget is used up', async () => {
    const whole = await post('wholeTokens', '/v1/chat/completions', ask('count to 3000'));
    expect((await parsed(whole)).choices[0].finish_reason).toBe('length');
    let sent = 0;
    const openai = new OpenAI({
      baseURL: `${gateway.runtime.url}/v1`,
      apiKey: keyOf('wholeTokens').key,
      maxRetries: 2,
      fetch: (url, init) => {
        sent += 1;
        return fetch(url, init);
      },
    });
    const prompt = 'count to 3 '.repeat(300);
    const refused = openai.chat.completions.create({
      model: 'qwen3.7-plus',
      messages: [{ role: 'user', content: prompt }],
    });
    await expect(refused).rejects.toMatchObject({ status: 429, code: 'budget_exhausted', type: 'insufficient_quota' });
    expect(sent).toBe(1);
  });

  it('count pictures, and give back those that were not made', async () => {
    const order = { model: 'qwen3.7-plus', prompt: 'A paper boat', n: 2, response_format: 'url' };
    const tooMany = await post('images', '/v1/images/generations', { ...order, n: 3 });
    expect([tooMany.status, (await parsed(tooMany)).error.code]).toEqual([429, 'budget_exhausted']);
    expect((await stateOf('images')).data).toMatchObject([{ unit: 'images', used: 0 }]);
    expect((await post('images', '/v1/images/generations', order)).status).toBe(200);
    expect((await stateOf('images')).data).toMatchObject([{ unit: 'images', used: 2 }]);
    expect(
      (await post('images', '/v1/chat/completions', { ...ask('A boat'), model: 'qwen3.7-plus-image' })).status,
    ).toBe(429);
  });

  it('count seconds of videos from their order on, once for the same Idempotency-Key', async () => {
    const openai = new OpenAI({ baseURL: `${gateway.runtime.url}/v1`, apiKey: keyOf('videos').key, maxRetries: 0 });
    const body = { model: 'qwen3.7-plus', prompt: 'A paper boat' };
    const keyed = { headers: { 'Idempotency-Key': 'boat' } };
    const video = await openai.videos.create(body, keyed);
    expect((await openai.videos.create(body, keyed)).id).toBe(video.id);
    expect((await stateOf('videos')).data).toMatchObject([{ unit: 'video_seconds', used: 5 }]);
    const other = await openai.videos.create({ ...body, seconds: '4' });
    await expect(openai.videos.create(body)).rejects.toMatchObject({ status: 429, code: 'budget_exhausted' });
    await openai.videos.delete(other.id);
    expect(await whenVideoOver(openai, video.id)).toMatchObject({ status: 'completed' });
    await expect.poll(async () => (await stateOf('videos')).data[0].used, { timeout: 20_000 }).toBeLessThanOrEqual(9);
    expect((await stateOf('videos')).data[0].used).toBeGreaterThanOrEqual(5);
  });

  it('of requests at the same time let the next one in when one ends', async () => {
    const { control } = gateway.simulator;
    control.fault({ fault: 'stall-after', after: 3 });
    const slow = await post('single', '/v1/chat/completions', { ...ask('count to 20'), stream: true });
    await control.waitFor(({ stalled }) => stalled);
    const refused = await post('single', '/v1/chat/completions', ask('repeat: hi'));
    expect([refused.status, (await parsed(refused)).error.code]).toEqual([429, 'too_many_in_flight']);
    expect(refused.headers.get('retry-after')).toBe('1');
    control.release();
    await slow.text();
    expect((await post('single', '/v1/chat/completions', ask('repeat: hi'))).status).toBe(200);
  });

  it('are not touched by answers that failed, nor by those that are repeated', async () => {
    expect(
      (await post('failing', '/v1/chat/completions', { ...ask('repeat: hi'), model: 'no-such-model' })).status,
    ).toBe(404);
    expect((await stateOf('failing')).data.map(({ used }: { used: number }) => used)).toEqual([0, 0]);
    const headers = { authorization: `Bearer ${keyOf('repeated').key}`, 'idempotency-key': 'same' };
    for (let count = 0; count < 3; count += 1) {
      const answer = await gateway.request('POST', '/v1/chat/completions', ask('repeat: same'), headers);
      expect([answer.status, (await parsed(answer)).choices[0].message.content]).toEqual([200, 'same']);
    }
    expect((await stateOf('repeated')).data).toMatchObject([{ used: 1 }]);
  });

  it('hold for answers in the background', async () => {
    const openai = new OpenAI({ baseURL: `${gateway.runtime.url}/v1`, apiKey: keyOf('background').key, maxRetries: 0 });
    const order = { model: 'qwen3.7-plus', input: 'repeat: hi', background: true } as const;
    const { id } = await openai.responses.create(order);
    // It counts from its order on, and its worker does not count again.
    await expect(openai.responses.create(order)).rejects.toMatchObject({ status: 429, code: 'budget_exhausted' });
    await expect
      .poll(async () => (await openai.responses.retrieve(id)).status, { timeout: 30_000 })
      .toMatch(/completed|failed/);
    const { status, output_text } = await openai.responses.retrieve(id);
    expect([status, output_text]).toEqual(['completed', 'hi']);
    await expect.poll(() => stateOf('background')).toMatchObject({ in_flight: 0, data: [{ used: 1 }, { used: 1 }] });
  });
});
