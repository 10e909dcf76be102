import { UpstreamFetchers } from '../files/upstream-fetchers.ts';
import { WebFetcher } from '../files/web-fetcher.ts';
import { PictureLostError } from './picture-errors.ts';

/** Fetches the pictures that the upstream has made. */
export class PictureSource {
  readonly #fetchers: UpstreamFetchers;

  /** @param upstreamOrigin as set; @param fetcher for everything that is not there. */
  constructor(upstreamOrigin: string, fetcher = new WebFetcher()) {
    this.#fetchers = new UpstreamFetchers(upstreamOrigin, fetcher);
  }

  /**
   * @param urls of the same picture, the best first.
   * @throws PictureLostError when none can be had; the signal's reason.
   */
  async fetch(urls: readonly string[], signal: AbortSignal): Promise<Buffer> {
    let failure: unknown;
    for (const url of urls) {
      try {
        return (await this.#fetchers.of(url).fetch(url, 'The picture', signal)).bytes;
      } catch (error) {
        signal.throwIfAborted();
        failure = error;
      }
    }
    const why = failure instanceof Error ? failure.message : '';
    throw new PictureLostError(`The picture was made, and then lost: ${why}`, { cause: failure });
  }
}
