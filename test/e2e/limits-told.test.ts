import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { callWith, type MadeKey, makeKeys } from '../support/made-keys.ts';

const wanted = {
  failing: { limits: { day: { requests: 5, tokens: 100_000 } } },
  refused: { limits: { in_flight: 10, day: { requests: 1 } } },
  videos: { limits: { day: { requests: 1, video_seconds: 60 } } },
  broken: {},
} as const;
type Name = keyof typeof wanted;

const order = { model: 'qwen3.7-plus', prompt: 'A paper boat' };

describe('what answers tell of limits', { timeout: 120_000 }, () => {
  let gateway: TestGateway;
  let keyOf: (name: Name) => MadeKey;
  const post = async (name: Name, path: string, body: object) => {
    const headers = { authorization: `Bearer ${keyOf(name).key}` };
    const answer = await gateway.request('POST', path, body, headers);
    const text = await answer.text();
    const told = (fact: string) => answer.headers.get(`x-ratelimit-${fact}`);
    return { status: answer.status, text, told };
  };

  beforeAll(async () => {
    gateway = await openGateway({ mode: 'start' });
    keyOf = await makeKeys(gateway, wanted);
  });
  afterAll(() => gateway.close());

  it.each([false, true])('is told when the upstream fails, stream %s', async (stream) => {
    gateway.simulator.control.fault({ fault: 'data-inspection-input' });
    const failed = await post('failing', '/v1/chat/completions', { ...ask('something'), stream });
    expect(failed.status).toBeGreaterThanOrEqual(400);
    expect([failed.told('limit-requests'), failed.told('remaining-requests')]).toEqual(['5', '4']);
    expect(Number(failed.told('remaining-tokens'))).toBeLessThan(100_000);
  });

  it('is told when they are used up, also before something is queued', async () => {
    expect((await post('refused', '/v1/chat/completions', ask('repeat: hi'))).status).toBe(200);
    const bodies = {
      '/v1/chat/completions': ask('repeat: hi'),
      '/v1/responses': { model: 'qwen3.7-plus', input: 'repeat: hi', background: true },
      '/v1/images/generations': order,
      '/v1/videos': order,
    };
    for (const [path, body] of Object.entries(bodies)) {
      const { status, told } = await post('refused', path, body);
      expect([path, status, told('limit-requests'), told('remaining-requests')]).toEqual([path, 429, '1', '0']);
      expect(told('reset-requests')).toMatch(/^(\d+h)?(\d+m)?\d+s$/);
    }
  });

  it('is told with the order of a video', async () => {
    const { status, told } = await post('videos', '/v1/videos', order);
    expect([status, told('limit-requests'), told('remaining-requests')]).toEqual([200, '1', '0']);
  });

  it('goes into the log of requests also for a body that can’t be read', async () => {
    const { id, key } = keyOf('broken');
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'broken' };
    const url = `${gateway.runtime.url}/v1/chat/completions`;
    for (let count = 0; count < 2; count += 1) {
      const answer = await fetch(url, { method: 'POST', headers, body: '{"model":' });
      expect([answer.status, (await parsed(answer)).error.code]).toEqual([400, 'invalid_json']);
    }
    const row = { status: 400, error_code: 'invalid_json', key: id, path: '/v1/chat/completions', model: '' };
    await expect
      .poll(async () => (await callWith(gateway, 'GET', `/admin/requests?key=${id}`)).body.data)
      .toEqual([expect.objectContaining(row), expect.objectContaining(row)]);
  });
});
