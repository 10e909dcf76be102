import { CachedRead } from '../store/cached-read.ts';
import { liveSettingsKey } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import { type LiveValues, noLiveValues, readLiveValues } from './live-values.ts';

/** Milliseconds after which an instance that slept reads the settings before it answers. */
const staleForMilliseconds = 60_000;

export interface CachedSettingsOptions {
  readonly table: Table;
  /** Milliseconds until they are read again behind the requests; 0 has every request read them. */
  readonly freshFor: number;
  /** Hears that the store has failed: what was known before goes on. */
  readonly onStoreError: (error: unknown) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What was set on the running gateway, as this instance knows it. Never fails. */
export class CachedSettings {
  readonly #read: CachedRead<LiveValues>;
  #known = noLiveValues;

  constructor({ table, freshFor, onStoreError, now = Date.now }: CachedSettingsOptions) {
    this.#read = new CachedRead({
      load: async () => {
        try {
          this.#known = readLiveValues(await table.get(liveSettingsKey, { consistent: true }));
        } catch (error) {
          onStoreError(error);
        }
        return this.#known;
      },
      freshForMilliseconds: freshFor,
      // Any age is more than this one.
      staleForMilliseconds: freshFor === 0 ? -1 : staleForMilliseconds,
      now,
    });
  }

  /** At once when they are young enough. */
  current(): LiveValues | Promise<LiveValues> {
    return this.#read.current();
  }

  /** Reads them again, so that a change that was made here counts here at once. */
  async refresh(): Promise<void> {
    await this.#read.idle();
    await this.#read.reload();
  }

  /** Resolves when nothing is being read; never rejects. */
  idle(): Promise<void> {
    return this.#read.idle();
  }
}
