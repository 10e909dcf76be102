import type { ObjectLinks } from '../../objects/object-links.ts';
import type { VideoLinks } from '../../videos/video-links.ts';
import type { ShownJob } from './shown-job.ts';

/** Where what was made can be seen for a while. */
export interface JobPreview {
  readonly url: string;
  /** ISO time after which the link opens nothing; `null` when nobody knows. */
  readonly expires_at: string | null;
  /** A media type. */
  readonly type: string;
}

export interface JobPreviewsOptions {
  readonly videos: Pick<VideoLinks, 'of'>;
  readonly objects: Pick<ObjectLinks, 'signGet'>;
  /** Days that results stay in the bucket. */
  readonly resultDays: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** How long a link opens its object. */
const linkSeconds = 3600;
const day = 24 * 3600 * 1000;

/** The links to what jobs have made. */
export class JobPreviews {
  readonly #options: JobPreviewsOptions;
  readonly #now: () => number;

  constructor(options: JobPreviewsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** @throws ConfigurationError when the deployment gives this function no bucket. */
  async of(shown: ShownJob): Promise<readonly JobPreview[]> {
    if (shown.kind === 'video') {
      const link = await this.#options.videos.of(shown.job);
      if (link === undefined) return [];
      const isOwn = link.expiresAt !== undefined && link.expiresAt === shown.job.resultExpiresAt;
      return [this.#preview(link.url, 'video/mp4', isOwn ? this.#linkEnd(link.expiresAt) : link.expiresAt)];
    }
    const { objects = [], startedAt } = shown.row;
    const goneAt = startedAt + this.#options.resultDays * day;
    if (goneAt <= this.#now()) return [];
    return Promise.all(
      objects.map(async (key) => {
        const url = await this.#options.objects.signGet(key, { seconds: linkSeconds });
        return this.#preview(url, `image/${key.split('.').at(-1)}`, this.#linkEnd(goneAt));
      }),
    );
  }

  #linkEnd(goneAt: number): number {
    return Math.min(goneAt, this.#now() + linkSeconds * 1000);
  }

  #preview(url: string, type: string, expiresAt: number | undefined): JobPreview {
    return { url, expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(), type };
  }
}
