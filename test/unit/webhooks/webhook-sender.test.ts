import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { webhookRules } from '../../../shared/webhooks/webhook-rules.ts';
import { WebhookSender } from '../../../shared/webhooks/webhook-sender.ts';

const signal = new AbortController().signal;

async function listen(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const openSender = (options: Partial<ConstructorParameters<typeof WebhookSender>[0]> = {}) =>
  new WebhookSender({ rules: webhookRules(true), ...options });

describe('sending an event', () => {
  it('posts it as it is, and takes every 2xx for a delivery', async () => {
    const seen: unknown[] = [];
    const port = await listen(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      seen.push(
        request.method,
        request.headers['webhook-id'],
        request.headers['content-type'],
        String(Buffer.concat(parts)),
      );
      response.writeHead(204).end();
    });
    const sent = openSender().send(`http://127.0.0.1:${port}/hook`, { 'webhook-id': 'evt' }, '{"ä":1}', signal);
    expect(await sent).toEqual({ type: 'delivered' });
    expect(seen).toEqual(['POST', 'evt', 'application/json', '{"ä":1}']);
  });

  it.each([
    [410, { type: 'refused' }],
    [500, { type: 'failed', why: 'answered with status 500.' }],
    [404, { type: 'failed', why: 'answered with status 404.' }],
  ])('understands the status %i', async (status, delivery) => {
    const port = await listen((_request, response) => response.writeHead(status).end('words'));
    expect(await openSender().send(`http://127.0.0.1:${port}/`, {}, '{}', signal)).toEqual(delivery);
  });

  it('follows no redirect', async () => {
    let calls = 0;
    const port = await listen((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: '/again' }).end();
    });
    expect(await openSender().send(`http://127.0.0.1:${port}/`, {}, '{}', signal)).toEqual({
      type: 'failed',
      why: 'answered with status 307.',
    });
    expect(calls).toBe(1);
  });

  it('does not wait for ever, nor for the end of an answer', async () => {
    const silent = await listen(() => {});
    const slow = openSender({ timeLimit: 50 }).send(`http://127.0.0.1:${silent}/`, {}, '{}', signal);
    expect(await slow).toEqual({ type: 'failed', why: 'took longer than 0.05 s.' });
    const endless = await listen((_request, response) => response.writeHead(200).write('...'));
    expect(await openSender().send(`http://127.0.0.1:${endless}/`, {}, '{}', signal)).toEqual({ type: 'delivered' });
  });

  it('tells when nobody is there', async () => {
    const delivery = await openSender().send('http://127.0.0.1:9/', {}, '{}', signal);
    expect(delivery).toMatchObject({ type: 'failed', why: expect.stringMatching(/^can't be reached/) });
  });
});

describe('an address that may not be called', () => {
  const publicOnly = (resolved: string) =>
    openSender({
      rules: webhookRules(false),
      resolve: async () => [{ address: resolved, family: resolved.includes(':') ? 6 : 4 }],
    });

  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fd00::1'])(
    'is not called when a name leads to %s, and is not repeated',
    async (address) => {
      const delivery = await publicOnly(address).send('https://hooks.example/', {}, '{}', signal);
      expect(delivery).toEqual({
        type: 'failed',
        why: 'was not called: its name leads to no address of the public internet.',
      });
    },
  );

  it('is not called when the URL says so, whatever was allowed before', async () => {
    const delivery = await publicOnly('8.8.8.8').send('http://127.0.0.1:9/', {}, '{}', signal);
    expect(delivery).toMatchObject({ why: 'was not called: its URL must be an https URL.' });
  });

  it('is, of clouds, never called', async () => {
    const sender = openSender({ resolve: async () => [{ address: '169.254.169.254', family: 4 }] });
    expect(await sender.send('http://metadata.example/', {}, '{}', signal)).toMatchObject({ type: 'failed' });
  });
});
