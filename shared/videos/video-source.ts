import type { Readable } from 'node:stream';
import { FetchRefusal, refusalOf } from '../files/fetch-refusal.ts';
import type { UpstreamFetchers } from '../files/upstream-fetchers.ts';

/** The upstream's file of a video can't be had. */
export class VideoSourceError extends Error {
  /** Whether its host says that there is no such file, or not for us: as when the link is over. */
  readonly isGone: boolean;

  constructor(message: string, isGone: boolean, cause?: unknown) {
    super(message, { cause });
    this.isGone = isGone;
  }
}

/** Reads videos where the upstream has them. */
export class VideoSource {
  readonly #fetchers: UpstreamFetchers;

  constructor(fetchers: UpstreamFetchers) {
    this.#fetchers = fetchers;
  }

  /**
   * @param signal ends the reading, too.
   * @throws VideoSourceError; the signal's reason when it is aborted.
   */
  async open(url: string, signal: AbortSignal): Promise<Readable> {
    try {
      const { stream, mediaType } = await this.#fetchers.of(url).open(url, signal);
      if (!/^(?:text\/|application\/(?:json|xml))/i.test(mediaType)) return stream;
      stream.destroy();
    } catch (error) {
      signal.throwIfAborted();
      const isGone = error instanceof FetchRefusal && [403, 404, 410].includes(error.status ?? 0);
      throw new VideoSourceError(`the upstream's file ${refusalOf(error)}`, isGone, error);
    }
    throw new VideoSourceError("the upstream's link leads to no video", true);
  }
}
