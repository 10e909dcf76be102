import { CachedRead } from '../store/cached-read.ts';
import { aliasesKey } from '../store/keys.ts';
import { textAttribute } from '../store/read-attribute.ts';
import type { Table } from '../store/table.ts';
import type { ModelAlias } from './model-alias.ts';
import { parseStoredAliases } from './read-aliases.ts';

/** The aliases, and where they come from. */
export interface OwnedAliases {
  readonly aliases: readonly ModelAlias[];
  readonly source: 'setting' | 'table';
}

export interface AliasTableOptions {
  readonly table: Table;
  /** Those of the setting, which hold until the table has some. */
  readonly initial: readonly ModelAlias[];
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** The owner's aliases for foreign names. A change reaches every instance within ten seconds. */
export class AliasTable {
  readonly #table: Table;
  readonly #initial: readonly ModelAlias[];
  readonly #cache: CachedRead<OwnedAliases>;

  constructor({ table, initial, now = Date.now }: AliasTableOptions) {
    this.#table = table;
    this.#initial = initial;
    this.#cache = new CachedRead({
      load: () => this.read(),
      freshForMilliseconds: 5_000,
      staleForMilliseconds: 10_000,
      now,
    });
  }

  /** At most ten seconds old. @throws StoreUnavailableError */
  async current(): Promise<readonly ModelAlias[]> {
    const { aliases } = await this.#cache.current();
    return aliases;
  }

  /** As they are now. @throws StoreUnavailableError */
  async read(): Promise<OwnedAliases> {
    const item = await this.#table.get(aliasesKey, { consistent: true });
    if (item === undefined) return { aliases: this.#initial, source: 'setting' };
    return { aliases: parseStoredAliases(textAttribute(item, 'aliases') ?? ''), source: 'table' };
  }

  /** Puts others in the place of all, and so of the setting's. @throws StoreUnavailableError */
  async replace(aliases: readonly ModelAlias[]): Promise<void> {
    await this.#table.put(aliasesKey, { aliases: JSON.stringify(aliases) });
    await this.#cache.reload();
  }

  /** Resolves when nothing runs in the background. Never rejects. */
  flush(): Promise<void> {
    return this.#cache.idle();
  }
}
