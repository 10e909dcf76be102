import { setImmediate as turn } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../../shared/store/attributes.ts';
import type { Changes, Condition } from '../../../shared/store/expressions.ts';
import type { ItemKey } from '../../../shared/store/keys.ts';
import { type PartOptions, Table } from '../../../shared/store/table.ts';
import type { MemoryTable } from '../memory-table.ts';

/** What a table of one function's process may do to it. */
export interface ShakyOptions {
  readonly random: () => number;
  /** Told of each call. */
  readonly used: () => void;
  /** Told after each write. */
  readonly written: (key: ItemKey) => void;
}

/** One process' way to a common table: everything takes a while, and nothing comes back once the process was killed. */
export class ShakyTable extends Table {
  readonly #table: MemoryTable;
  readonly #options: ShakyOptions;
  #isDead = false;

  constructor(table: MemoryTable, options: ShakyOptions) {
    super('shaky', new DynamoDBClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9' }));
    this.#table = table;
    this.#options = options;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** What was sent already may still be written. */
  kill(): void {
    this.#isDead = true;
  }

  override get(key: ItemKey): Promise<Attributes | undefined> {
    return this.#late(() => this.#table.get(key));
  }

  override part(partition: string, options: PartOptions): Promise<readonly Attributes[]> {
    return this.#late(() => this.#table.part(partition, options));
  }

  override put(key: ItemKey, attributes: Attributes, condition?: Condition): Promise<boolean> {
    return this.#late(() => this.#table.put(key, attributes, condition), key);
  }

  override async update(key: ItemKey, changes: Changes, condition?: Condition): Promise<boolean> {
    return (await this.updateAndRead(key, changes, condition)) !== undefined;
  }

  override updateAndRead(key: ItemKey, changes: Changes, condition?: Condition): Promise<Attributes | undefined> {
    return this.#late(() => this.#table.updateAndRead(key, changes, condition), key);
  }

  async #late<Result>(work: () => Promise<Result>, written?: ItemKey): Promise<Result> {
    if (this.#isDead) return new Promise(() => {});
    this.#options.used();
    for (let turns = Math.floor(this.#options.random() * 4); turns > 0; turns -= 1) await turn();
    const result = await work();
    if (written !== undefined) this.#options.written(written);
    if (this.#options.random() < 0.5) await turn();
    return this.#isDead ? new Promise(() => {}) : result;
  }
}
