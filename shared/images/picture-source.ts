import { BlockList } from 'node:net';
import { isPublicAddress } from '../files/public-address.ts';
import { WebFetcher } from '../files/web-fetcher.ts';
import { PictureLostError } from './picture-errors.ts';

/** Fetches a file by its address. */
type Fetcher = Pick<WebFetcher, 'fetch'>;

/**
 * Fetches the pictures that the upstream has made. Their addresses come from the upstream, so they may lead to the
 * public internet only; and to this machine when the upstream itself is a stand-in on it.
 */
export class PictureSource {
  readonly #public: Fetcher;
  readonly #standIn: { readonly origin: string; readonly fetcher: Fetcher } | undefined;

  /** @param upstreamOrigin as set; @param fetcher for everything that is not there. */
  constructor(upstreamOrigin: string, fetcher: Fetcher = new WebFetcher()) {
    const { origin, hostname } = new URL(upstreamOrigin);
    this.#public = fetcher;
    this.#standIn = isLoopback(hostname)
      ? { origin, fetcher: new WebFetcher({ mayCall: (address) => isLoopback(address) || isPublicAddress(address) }) }
      : undefined;
  }

  /**
   * @param urls of the same picture, the best first.
   * @throws PictureLostError when none can be had; the signal's reason.
   */
  async fetch(urls: readonly string[], signal: AbortSignal): Promise<Buffer> {
    let failure: unknown;
    for (const url of urls) {
      try {
        return (await this.#fetcherOf(url).fetch(url, 'The picture', signal)).bytes;
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
    }
    const why = failure instanceof Error ? failure.message : '';
    throw new PictureLostError(`The picture was made, and then lost: ${why}`, { cause: failure });
  }

  #fetcherOf(url: string): Fetcher {
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
