import { CachedSettings } from '../live-settings/cached-settings.ts';
import { type LiveValues, usableValues } from '../live-settings/live-values.ts';
import type { Environment } from '../read-settings.ts';
import { type Access, type Lasting, openAccess } from './open-access.ts';

/** What of the live settings the one function needs that changes them. */
export interface LiveControl {
  /** What the function was started with, without live settings. */
  readonly environment: Environment;
  /** Lets a change count here at once. */
  refresh(): Promise<void>;
}

/** Opens all that a function works with, from its settings. It does no input or output. */
export type Open<Composition> = (access: Access, live: LiveControl) => Composition;

export interface LiveOptions {
  readonly environment: Environment;
  /** What this function needs otherwise than everybody else, whatever is set. */
  readonly overrides?: Environment;
  /** Opened from the environment when absent. */
  readonly lasting?: Lasting;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * What a function works with, opened once for each version of the settings. Requests under way go on with what they have
 * begun with; the table and the keys are the same for all.
 */
export class LiveComposition<Composition> {
  readonly #open: Open<Composition>;
  readonly #options: LiveOptions;
  readonly #settings: CachedSettings;
  #access: Access;
  #version = 0;
  #composition: Composition;

  /** @throws InvalidSettingsError, ConfigurationError: the function can't start. */
  constructor(open: Open<Composition>, options: LiveOptions) {
    this.#open = open;
    this.#options = options;
    this.#access = openAccess({ ...options.environment, ...options.overrides }, options.lasting);
    this.#settings = new CachedSettings({
      table: this.#access.table,
      freshFor: this.#access.settings.integer('SETTINGS_CACHE_SECONDS') * 1000,
      onStoreError: (error) => this.#access.logger.warn('live settings not read', { error }),
      ...(options.now && { now: options.now }),
    });
    this.#composition = open(this.#access, this.#control());
  }

  /** For one invocation: at once while the settings that are known are young enough. */
  current(): Composition | Promise<Composition> {
    const known = this.#settings.current();
    if (!(known instanceof Promise)) return this.#of(known);
    // Whoever waits for the settings will want the keys, too.
    this.#access.keys.preload();
    return known.then((values) => this.#of(values));
  }

  /** Resolves when nothing is being read in the background. Never rejects. */
  idle(): Promise<void> {
    return this.#settings.idle();
  }

  #of(known: LiveValues): Composition {
    if (known.version !== this.#version) this.#reopen(known);
    return this.#composition;
  }

  #reopen(known: LiveValues): void {
    const { environment, overrides } = this.#options;
    const { table, keys, logger } = this.#access;
    // Noted first: what can't be opened is not tried again with every request.
    this.#version = known.version;
    try {
      const access = openAccess({ ...environment, ...usableValues(known), ...overrides }, { table, keys });
      this.#composition = this.#open(access, this.#control());
      this.#access = access;
      logger.info('settings changed', { version: known.version });
    } catch (error) {
      logger.error('settings not taken over', { version: known.version, error });
    }
  }

  #control(): LiveControl {
    return { environment: this.#options.environment, refresh: () => this.#settings.refresh() };
  }
}
