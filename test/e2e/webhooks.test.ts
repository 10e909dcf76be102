import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FunctionProcesses } from '../support/function-processes.ts';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { openWebhookReceiver, type WebhookReceiver, whenWebhookOver } from '../support/webhook-receiver.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const prompt = 'A paper boat';
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await openWebhookReceiver();
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.statuses.length = 0;
  receiver.onRequest = async () => {};
});

const settings = () => ({
  VIDEO_POLL_SECONDS: '1',
  WEBHOOK_URL: `${receiver.url}/own`,
  WEBHOOK_SECRET: secret,
  WEBHOOK_RETRY_SECONDS: '1',
  WEBHOOK_PRIVATE: 'true',
});

describe.each(['start', 'dev'] as const)('webhooks, with npm run %s', { timeout: 60_000 }, (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: settings() });
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.simulator.control.videoPolls(1));

  const path = (name: string) => `/${mode}/${name}`;
  const order = async (name: string): Promise<string> =>
    (await parsed(await gateway.request('POST', '/v1/videos', { prompt, webhook_url: receiver.url + path(name) }))).id;

  it('are taken by the official package', async () => {
    const before = receiver.received.length;
    const { id } = await parsed(await gateway.request('POST', '/v1/videos', { prompt }));
    expect(await whenWebhookOver(gateway, id)).toEqual({
      status: 'completed',
      webhook: { status: 'delivered', tries: 1, delivered_at: expect.any(Number), error: null },
    });
    const [event, ...more] = receiver.received.slice(before);
    expect([event?.path, more]).toEqual(['/own', []]);
    const read = await gateway.openai.webhooks.unwrap(event?.body ?? '', event?.headers, secret);
    expect(read).toMatchObject({ object: 'event', type: 'video.completed', data: { id } });
    const spoilt = event?.body.replace('completed', 'failed') ?? '';
    await expect(gateway.openai.webhooks.unwrap(spoilt, event?.headers, secret)).rejects.toThrow(/signature/i);
  });

  it('go where a request wants them, and tell of failures too', async () => {
    gateway.simulator.control.videoPolls(2);
    gateway.simulator.control.fault({ fault: 'video-failed' });
    const id = await order('failed');
    const [event] = await receiver.whenReceived(path('failed'), 1);
    const read = await gateway.openai.webhooks.unwrap(event?.body ?? '', event?.headers, secret);
    expect(read).toMatchObject({ type: 'video.failed', data: { id } });
    expect(await whenWebhookOver(gateway, id)).toMatchObject({ status: 'failed', webhook: { status: 'delivered' } });
  });

  it('are ordered by the native form, and by forms', async () => {
    const body = { chatType: 't2v', message: prompt, webhook_url: receiver.url + path('native') };
    const answer = await gateway.request('POST', '/api/chat', body);
    const { task_id: id } = await parsed(answer);
    const [event] = await receiver.whenReceived(path('native'), 1);
    expect(JSON.parse(event?.body ?? '').data).toEqual({ id });
    const form = new FormData();
    form.set('prompt', prompt);
    form.set('webhook_url', receiver.url + path('form'));
    const headers = { authorization: `Bearer ${gateway.adminKey}` };
    const asked = await fetch(`${gateway.runtime.url}/v1/videos`, { method: 'POST', body: form, headers });
    expect(asked.status).toBe(200);
    await receiver.whenReceived(path('form'), 1);
  });

  it('are tried again under the same id, and end when they are delivered', async () => {
    receiver.statuses.push(500);
    const id = await order('again');
    expect((await whenWebhookOver(gateway, id)).webhook).toMatchObject({ status: 'delivered', tries: 2 });
    const events = receiver.received.filter((event) => event.path === path('again'));
    expect(events).toHaveLength(2);
    expect(events[1]?.headers['webhook-id']).toBe(events[0]?.headers['webhook-id']);
    await gateway.openai.webhooks.unwrap(events[1]?.body ?? '', events[1]?.headers, secret);
  });

  it('are not sent again to a server that wants no more', async () => {
    receiver.statuses.push(410);
    expect((await whenWebhookOver(gateway, await order('gone'))).webhook).toEqual({
      status: 'failed',
      tries: 1,
      delivered_at: null,
      error: 'The server wants no more events (status 410).',
    });
  });

  it('belong to the body that an Idempotency-Key stands for', async () => {
    const headers = { authorization: `Bearer ${gateway.adminKey}`, 'idempotency-key': 'with a webhook' };
    const body = { prompt, webhook_url: receiver.url + path('key') };
    expect((await gateway.request('POST', '/v1/videos', body, headers)).status).toBe(200);
    expect((await gateway.request('POST', '/v1/videos', { prompt }, headers)).status).toBe(409);
    expect((await gateway.request('POST', '/v1/videos', body, headers)).status).toBe(200);
  });

  it.each(['https://169.254.169.254/', 'file:///etc/passwd', 'https://user:word@example.com/'])(
    'are refused for %s',
    async (url) => {
      for (const [way, body] of [
        ['/v1/videos', { prompt, webhook_url: url }],
        ['/api/chat', { chatType: 't2v', message: prompt, webhook_url: url }],
      ] as const) {
        const refused = await gateway.request('POST', way, body);
        expect([refused.status, (await parsed(refused)).error]).toMatchObject([
          400,
          { code: 'invalid_webhook', param: 'webhook_url' },
        ]);
      }
    },
  );

  it('are of videos only', async () => {
    const body = { message: prompt, webhook_url: receiver.url };
    const refused = await gateway.request('POST', '/api/chat', body);
    expect([refused.status, (await parsed(refused)).error.param]).toEqual([400, 'webhook_url']);
  });
});

describe('webhooks whose worker is killed', () => {
  it('are sent again under the same id, once for each kill', { timeout: 60_000 }, async () => {
    const processes = new FunctionProcesses();
    const gateway = await openGateway({ mode: 'dev', env: settings() });
    try {
      gateway.simulator.control.videoPolls(1);
      let kills = 2;
      // The event has come; nobody has written that down.
      receiver.onRequest = async () => {
        if (kills-- > 0) await processes.killAll();
      };
      const body = { prompt, webhook_url: `${receiver.url}/killed` };
      const { id } = await parsed(await gateway.request('POST', '/v1/videos', body));
      expect(await whenWebhookOver(gateway, id)).toMatchObject({
        status: 'completed',
        webhook: { status: 'delivered', tries: 3 },
      });
      const events = receiver.received.filter((event) => event.path === '/killed');
      expect(events).toHaveLength(3);
      expect(new Set(events.map(({ headers, body: sent }) => headers['webhook-id'] + sent)).size).toBe(1);
      expect(gateway.simulator.control.videos()).toHaveLength(1);
    } finally {
      await gateway.close();
      processes.close();
    }
  });
});

describe('webhooks without a secret, and to private addresses', () => {
  it('are refused with the reason, or fail with it', async () => {
    const gateway = await openGateway({ env: { VIDEO_POLL_SECONDS: '1', WEBHOOK_URL: `${receiver.url}/never` } });
    try {
      gateway.simulator.control.videoPolls(1);
      for (const [url, words] of [
        [`${receiver.url}/never`, 'https'],
        ['https://127.0.0.1/', 'public internet'],
        ['https://[::1]/', 'public internet'],
        ['https://localhost/', 'own machine'],
        ['https://hooks.example/', 'WEBHOOK_SECRET'],
      ]) {
        const refused = await gateway.request('POST', '/v1/videos', { prompt, webhook_url: url });
        expect([refused.status, (await parsed(refused)).error]).toMatchObject([
          400,
          { code: 'invalid_webhook', message: expect.stringContaining(words ?? '') },
        ]);
      }
      const { id } = await parsed(await gateway.request('POST', '/v1/videos', { prompt }));
      expect(await whenWebhookOver(gateway, id)).toEqual({
        status: 'completed',
        webhook: { status: 'failed', tries: 1, delivered_at: null, error: expect.stringContaining('WEBHOOK_SECRET') },
      });
      expect(receiver.received.filter((event) => event.path === '/never')).toEqual([]);
    } finally {
      await gateway.close();
    }
  });
});
