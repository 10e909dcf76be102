import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startHttpProxy, startSocksProxy, type TestProxy } from '../../support/proxies.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { chatRequest } from './chat-request.ts';
import { chatId, deleted, never, newChat, plain, read } from './chat-site.ts';
import { fakeSite, json, stream } from './fake-site.ts';

const certificate = selfSigned();
const trusted = getCACertificates('default');
setDefaultCACertificates([...trusted, certificate.cert]);
afterAll(() => setDefaultCACertificates(trusted));

async function opened(starting: Promise<TestProxy>): Promise<TestProxy> {
  const proxy = await starting;
  onTestFinished(() => proxy.close());
  return proxy;
}

function siteBehind(proxyUrl: string | undefined) {
  const answers = {
    'POST /api/v2/chats/new': newChat,
    'POST /api/v2/chat/completions': stream((response) => response.end(plain)),
    [`DELETE /api/v2/chats/${chatId}`]: deleted,
    'POST /api/v2/auths/signin': json({ data: { token: 'T' } }),
    'GET /api/v2/auths/refresh': json({ data: { access_token: 'A' } }),
  };
  return fakeSite(answers, 600, { proxyUrl });
}

const kinds = [
  ['http', () => startHttpProxy(), (port: number) => `http://127.0.0.1:${port}`, ''],
  ['http with a login', () => startHttpProxy(), (port: number) => `http://me:p%40ss@127.0.0.1:${port}`, 'me:p@ss'],
  [
    'https',
    () => startHttpProxy({ tls: certificate }),
    (port: number) => `https://me:p%40ss@localhost:${port}`,
    'me:p@ss',
  ],
  ['socks5', () => startSocksProxy(), (port: number) => `socks5://127.0.0.1:${port}`, ''],
  [
    'socks5 with a login',
    () => startSocksProxy('me:p@ss'),
    (port: number) => `socks5://me:p%40ss@127.0.0.1:${port}`,
    'me:p@ss',
  ],
] as const;

describe.each(kinds)('a proxy by %s', (_name, start, urlOf, login) => {
  it('carries a streamed answer for the deployment', async () => {
    const proxy = await opened(start());
    const site = await siteBehind(urlOf(proxy.port));
    const straight = await siteBehind(undefined);
    const events = await read(await site.upstream.chat(chatRequest(), { token: 'T' }, never));
    expect(events).toEqual(await read(await straight.upstream.chat(chatRequest(), { token: 'T' }, never)));
    expect(events.at(-1)).toMatchObject({ type: 'finish' });
    expect(new Set(proxy.targets)).toEqual(new Set([site.address]));
    expect(new Set(proxy.logins)).toEqual(new Set([login]));
    // What goes through is the upstream's business: the proxy is not asked to read it.
    expect(proxy.openings[0]).toMatch(/^POST \/api/);
  });

  it('carries all calls of an account that has its own', async () => {
    const proxy = await opened(start());
    const others = await opened(startHttpProxy());
    const site = await siteBehind(`http://127.0.0.1:${others.port}`);
    const proxyUrl = urlOf(proxy.port);
    await site.upstream.signIn('user@example.com', 'password', never, proxyUrl);
    await site.upstream.refresh({ refreshToken: 'R', proxyUrl }, never);
    await site.upstream.deleteChat(chatId, { token: 'T', proxyUrl }, never);
    expect(site.calls).toHaveLength(3);
    expect(proxy.targets.length).toBeGreaterThan(0);
    expect(others.targets).toEqual([]);
  });
});

describe('a proxy that is of no use', () => {
  async function failureBehind(proxyUrl: string): Promise<unknown> {
    const site = await siteBehind(undefined);
    const failure = await site.upstream.deleteChat('a', { token: 'T', proxyUrl }, never).catch((e: unknown) => e);
    expect(site.calls).toEqual([]);
    return failure;
  }

  it.each([
    ['refuses the tunnel', async () => (await opened(startHttpProxy({ refuse: 407 }))).port, 'http'],
    ['is down', async () => 1, 'http'],
    ['is down', async () => 1, 'socks5'],
    ['refuses the login', async () => (await opened(startSocksProxy('else:body'))).port, 'socks5'],
  ])('because it %s is nobody’s fault, and its password stays unsaid', async (_name, portOf, scheme) => {
    const failure = await failureBehind(`${scheme}://me:hunter2@127.0.0.1:${await portOf()}`);
    expect(failure).toMatchObject({ name: 'UpstreamUnreachableError', fault: 'transport' });
    expect(inspect(failure, { depth: 9 })).not.toContain('hunter2');
  });

  it('because it is none says so at the start, or fails the account’s call', async () => {
    await expect(siteBehind('ftp://me:hunter2@host:1')).rejects.toThrow(/^must begin with http/);
    const failure = await failureBehind('ftp://me:hunter2@host:1');
    expect(failure).toMatchObject({ fault: 'transport' });
    expect(inspect(failure, { depth: 9 })).not.toContain('hunter2');
  });
});
