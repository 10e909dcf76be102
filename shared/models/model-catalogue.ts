import { UpstreamUnavailableError } from '../chat/errors/answer-faults.ts';
import type { Model } from '../chat/model.ts';
import type { ChatUpstream, Credentials } from '../chat/upstream.ts';
import type { Logger } from '../logging/logger.ts';
import { CachedRead } from '../store/cached-read.ts';
import { catalogueKey } from '../store/keys.ts';
import { numberAttribute, textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import { parseStoredModels } from './stored-models.ts';

/** Milliseconds that a cold function waits for the upstream's catalogue. */
const fetchLimit = 10_000;
/** How much longer than fresh an old catalogue serves while a new one is fetched: models change by the month. */
const staleFactor = 24;

export interface ModelCatalogueOptions {
  readonly upstream: ChatUpstream;
  /** The upstream's base URL: a catalogue from elsewhere is no catalogue of this one. */
  readonly origin: string;
  readonly table: Table;
  readonly logger: Logger;
  /** Milliseconds. */
  readonly freshFor: number;
  /** Credentials of any account; `undefined` asks without. Must not throw. */
  readonly credentials: () => Promise<Credentials | undefined>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

interface StoredCatalogue {
  readonly models: readonly Model[];
  readonly fetchedAt: number;
}

/**
 * The models that the upstream offers: kept in memory, then in the table so that a cold function needs one read, then
 * fetched. When the upstream does not answer, the last known catalogue serves, however old.
 */
export class ModelCatalogue {
  readonly #options: ModelCatalogueOptions;
  readonly #now: () => number;
  readonly #cache: CachedRead<readonly Model[]>;

  constructor(options: ModelCatalogueOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#cache = new CachedRead({
      load: () => this.#load(),
      freshForMilliseconds: options.freshFor,
      staleForMilliseconds: options.freshFor * staleFactor,
      now: this.#now,
    });
  }

  /** @throws UpstreamError when no catalogue is known and none can be fetched. */
  async models(): Promise<readonly Model[]> {
    return this.#cache.current();
  }

  /** Forgets what is in memory and in the table, after the upstream has denied a model that the catalogue names. */
  async refresh(): Promise<void> {
    await this.#fetch();
    await this.#cache.reload();
  }

  /** Resolves when nothing runs in the background. Never rejects. */
  flush(): Promise<void> {
    return this.#cache.idle();
  }

  async #load(): Promise<readonly Model[]> {
    const stored = await this.#stored();
    if (stored !== undefined && this.#now() - stored.fetchedAt < this.#options.freshFor) return stored.models;
    try {
      return await this.#fetch();
    } catch (error) {
      if (stored === undefined) throw error;
      this.#options.logger.warn('catalogue not fetched, the last known one serves', { error });
      return stored.models;
    }
  }

  async #fetch(): Promise<readonly Model[]> {
    const { upstream, origin, table, credentials } = this.#options;
    const models = await upstream.listModels(await credentials(), AbortSignal.timeout(fetchLimit));
    if (models.length === 0)
      throw new UpstreamUnavailableError('Qwen lists no models just now. Try again in a minute.');
    await table.put(catalogueKey(upstream.name), { origin, models: JSON.stringify(models), fetchedAt: this.#now() });
    return models;
  }

  async #stored(): Promise<StoredCatalogue | undefined> {
    const item = await this.#options.table.get(catalogueKey(this.#options.upstream.name));
    if (item === undefined || textAttribute(item, 'origin') !== this.#options.origin) return undefined;
    const models = parseStoredModels(textAttribute(item, 'models') ?? '');
    return models && { models, fetchedAt: numberAttribute(item, 'fetchedAt') ?? 0 };
  }
}
