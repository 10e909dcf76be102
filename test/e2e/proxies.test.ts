import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, openGateway, parsed } from '../support/gateway.ts';
import { startHttpProxy, startSocksProxy } from '../support/proxies.ts';

const ways = [
  ['start', 'http', () => startHttpProxy()],
  ['dev', 'http', () => startHttpProxy()],
  ['dev', 'socks5', () => startSocksProxy()],
] as const;

describe('with PROXY_URL', () => {
  it.each(ways)('npm run %s reaches the upstream by %s alone', async (mode, scheme, startProxy) => {
    const proxy = await startProxy();
    onTestFinished(() => proxy.close());
    const env = { PROXY_URL: `${scheme}://127.0.0.1:${proxy.port}`, CONVERSATIONS: 'always-new' };
    const gateway = await openGateway({ mode, env });
    onTestFinished(() => gateway.close());
    const answer = await gateway.request('POST', '/v1/chat/completions', ask('Say hello', { stream: true }));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/data: \[DONE\]\s*$/);
    expect(new Set(proxy.targets)).toEqual(new Set([new URL(gateway.simulator.url).host]));

    const { control } = gateway.simulator;
    // The chat is deleted behind the answer's back.
    await control.waitFor(({ method, outcome }) => method === 'DELETE' && outcome === 'answered');
    const before = control.requests().length;
    await proxy.close();
    const refused = await gateway.request('POST', '/v1/chat/completions', ask('Say hello'));
    expect(refused.status).toBe(502);
    expect(await parsed(refused)).toMatchObject({ error: { code: 'upstream_unavailable' } });
    expect(control.requests()).toHaveLength(before);
  });
});
