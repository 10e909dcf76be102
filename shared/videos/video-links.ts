import type { Job } from '../jobs/job.ts';
import type { ObjectLinks } from '../objects/object-links.ts';

/** Where a finished video can be had just now. */
export interface VideoLink {
  readonly url: string;
  /** Epoch milliseconds after which the video is gone from there, when that is known. */
  readonly expiresAt?: number | undefined;
}

/** How long a link to a copy opens it; a new one is made whenever somebody asks. */
const linkSeconds = 3600;

/** The links to finished videos: to the owner's copy as long as there is one, else to the upstream's own. */
export class VideoLinks {
  readonly #objects: Pick<ObjectLinks, 'signGet'>;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(objects: Pick<ObjectLinks, 'signGet'>, now: () => number = Date.now) {
    this.#objects = objects;
    this.#now = now;
  }

  /** @returns `undefined` when there is no video (yet), or none any more. */
  async of(job: Job): Promise<VideoLink | undefined> {
    const { stage, resultKey, resultExpiresAt = 0, url, urlExpiresAt } = job;
    if (stage !== 'completed') return undefined;
    if (resultKey !== undefined && resultExpiresAt > this.#now()) {
      return { url: await this.#objects.signGet(resultKey, { seconds: linkSeconds }), expiresAt: resultExpiresAt };
    }
    if (url === undefined || (urlExpiresAt !== undefined && urlExpiresAt <= this.#now())) return undefined;
    return { url, expiresAt: urlExpiresAt };
  }
}
