import type { Dispatcher } from 'undici';
import Agent from 'undici/lib/dispatcher/agent.js';
import { readProxyUrl } from '../../chat/proxy-url.ts';

/** Milliseconds for a connection to come about, each leg of it. */
const connectTimeout = 10_000;
/** HTTP/1.1 only: there an answer that is left early closes its connection, which is what makes the upstream notice. */
const connections = { allowH2: false, keepAliveTimeout: 30_000 } as const;
/** How many proxies keep their connections; one that is dropped finishes what runs. */
const mostProxies = 32;

/** Shared by all calls of this process that go straight to their host. */
const direct = new Agent({ ...connections, connect: { timeout: connectTimeout } });

/**
 * The connections of this process through proxies, by their URL. They outlive whoever has asked for them, so that a change
 * of settings neither loses nor leaves behind any.
 */
const byProxyUrl = new Map<string, Promise<Dispatcher>>();

/** The ways to the upstream: straight, or through the proxy of the deployment or of an account. */
export class Dispatchers {
  readonly #defaultProxyUrl: string | undefined;

  /**
   * @param defaultProxyUrl for calls of accounts without a proxy of their own, and for calls without an account.
   * @throws TypeError when it is not the URL of a proxy; the message does not repeat it.
   */
  constructor(defaultProxyUrl?: string) {
    if (defaultProxyUrl !== undefined) readProxyUrl(defaultProxyUrl);
    this.#defaultProxyUrl = defaultProxyUrl;
  }

  /** @throws TypeError when the account's proxy is none; the message does not repeat its URL. */
  async for(accountProxyUrl: string | undefined): Promise<Dispatcher> {
    const proxyUrl = accountProxyUrl ?? this.#defaultProxyUrl;
    return proxyUrl === undefined ? direct : through(proxyUrl);
  }
}

function through(proxyUrl: string): Promise<Dispatcher> {
  const dispatcher = byProxyUrl.get(proxyUrl) ?? openProxy(proxyUrl);
  // Taken out and put back, so that the first one is the one that has rested longest.
  byProxyUrl.delete(proxyUrl);
  byProxyUrl.set(proxyUrl, dispatcher);
  if (byProxyUrl.size > mostProxies) dropOldest();
  return dispatcher;
}

function dropOldest(): void {
  const [oldest] = byProxyUrl;
  if (oldest === undefined) return;
  const [proxyUrl, dispatcher] = oldest;
  byProxyUrl.delete(proxyUrl);
  dispatcher.then((agent) => agent.close()).catch(() => undefined);
}

/** undici's proxies are loaded when one is used, so that a cold start without proxies does not wait for them. */
async function openProxy(proxyUrl: string): Promise<Dispatcher> {
  const url = readProxyUrl(proxyUrl);
  if (url.protocol === 'socks5:') {
    const { default: Socks5ProxyAgent } = await import('undici/lib/dispatcher/socks5-proxy-agent.js');
    // It warns once that it is experimental; the exact version is pinned, and tests cover what is used of it.
    return new Socks5ProxyAgent(url, { requestTls: { timeout: connectTimeout } });
  }
  const [{ default: ProxyAgent }, { default: Pool }, { default: connect }] = await Promise.all([
    import('undici/lib/dispatcher/proxy-agent.js'),
    import('undici/lib/dispatcher/pool.js'),
    import('undici/lib/api/api-connect.js'),
  ]);
  const timeout = { timeout: connectTimeout, allowH2: false };
  return new ProxyAgent({
    ...connections,
    uri: url.href,
    requestTls: timeout,
    proxyTls: timeout,
    // A tunnel also for plain http, as for a stand-in of the upstream: the proxy has no business with tokens.
    proxyTunnel: true,
    // By its index, undici gives all dispatchers the method that makes the tunnel.
    clientFactory: (origin, options) => Object.assign(new Pool(origin, options), { connect }),
  });
}
