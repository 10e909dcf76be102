import { BlockList } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import { WebFetcher } from './web-fetcher.ts';

/**
 * Who fetches what the upstream has made. Its addresses come from the upstream, so they may lead to the public internet
 * only; and to this machine when the upstream itself is a stand-in on it.
 */
export class UpstreamFetchers {
  readonly #public: WebFetcher;
  readonly #standIn: { readonly origin: string; readonly fetcher: WebFetcher } | undefined;

  /** @param upstreamOrigin as set; @param fetcher for everything that is not there. */
  constructor(upstreamOrigin: string, fetcher = new WebFetcher()) {
    const { origin, hostname } = new URL(upstreamOrigin);
    this.#public = fetcher;
    this.#standIn = isLoopback(hostname)
      ? { origin, fetcher: new WebFetcher({ mayCall: (address) => isLoopback(address) || isPublicAddress(address) }) }
      : undefined;
  }

  /** The one who may fetch this. */
  of(url: string): WebFetcher {
    return this.#standIn !== undefined && URL.parse(url)?.origin === this.#standIn.origin
      ? this.#standIn.fetcher
      : this.#public;
  }
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const address = host.replace(/^\[|\]$/g, '');
  return loopback.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
