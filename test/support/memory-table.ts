import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Attributes, ItemValue } from '../../shared/store/attributes.ts';
import type { Changes, Condition } from '../../shared/store/expressions.ts';
import type { ItemKey } from '../../shared/store/keys.ts';
import { type ListOptions, type PartOptions, Table } from '../../shared/store/table.ts';

/**
 * The table in memory, for runs of so many operations that a server would take minutes. memory-table.test.ts holds it
 * against dynalite.
 */
export class MemoryTable extends Table {
  readonly #items = new Map<string, Map<string, Attributes>>();
  /** How many operations of each kind there were. */
  readonly operations = { get: 0, query: 0, put: 0, update: 0, delete: 0, refused: 0 };

  constructor() {
    // Nothing is ever sent.
    super('memory', new DynamoDBClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9' }));
  }

  /** The item, without counting as an operation. */
  peek(key: ItemKey): Attributes | undefined {
    return this.#find(key);
  }

  override async get(key: ItemKey): Promise<Attributes | undefined> {
    this.operations.get += 1;
    return this.#find(key);
  }

  override async query(partition: string): Promise<readonly Attributes[]> {
    this.operations.query += 1;
    const items = [...(this.#items.get(partition)?.entries() ?? [])];
    return items.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
  }

  override async part(partition: string, { limit, after, before }: PartOptions): Promise<readonly Attributes[]> {
    const items = (await this.query(partition)).map((item) => ({ item, sk: String(item.sk) }));
    const wanted =
      after === undefined
        ? items.filter(({ sk }) => before === undefined || sk < before).reverse()
        : items.filter(({ sk }) => sk > after);
    return wanted.slice(0, limit).map(({ item }) => item);
  }

  override async listed(list: string, { limit, before, descending }: ListOptions): Promise<readonly Attributes[]> {
    this.operations.query += 1;
    const items = [...this.#items.values()].flatMap((partition) => [...partition.values()]);
    const wanted = items.filter((item) => item.listKey === list && (before === undefined || placeOf(item) < before));
    wanted.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
    return (descending ? wanted.reverse() : wanted).slice(0, limit);
  }

  override async put(key: ItemKey, attributes: Attributes, condition: Condition = {}): Promise<boolean> {
    this.operations.put += 1;
    if (!this.#holds(this.#find(key), condition)) return false;
    this.#store(key, { ...attributes, ...key });
    return true;
  }

  override async update(key: ItemKey, changes: Changes, condition: Condition = {}): Promise<boolean> {
    return (await this.updateAndRead(key, changes, condition)) !== undefined;
  }

  override async updateAndRead(
    key: ItemKey,
    changes: Changes,
    condition: Condition = {},
  ): Promise<Attributes | undefined> {
    this.operations.update += 1;
    const before = this.#find(key);
    if (!this.#holds(before, condition)) return undefined;
    const item: Record<string, ItemValue | undefined> = { ...before, ...key };
    for (const [name, value] of Object.entries(changes.set ?? {})) if (value !== undefined) item[name] = value;
    for (const [name, value] of Object.entries(changes.setOnce ?? {})) item[name] ??= value;
    for (const [name, value] of Object.entries(changes.add ?? {})) item[name] = numberOf(before?.[name]) + value;
    for (const name of changes.remove ?? []) delete item[name];
    this.#store(key, item);
    return item;
  }

  override async delete(key: ItemKey, condition: Condition = {}): Promise<boolean> {
    this.operations.delete += 1;
    if (!this.#holds(this.#find(key), condition)) return false;
    this.#items.get(key.pk)?.delete(key.sk);
    return true;
  }

  override async deleteAndRead(key: ItemKey, condition: Condition = {}): Promise<Attributes | undefined> {
    const item = this.#find(key);
    return (await this.delete(key, condition)) ? item : undefined;
  }

  #find({ pk, sk }: ItemKey): Attributes | undefined {
    return this.#items.get(pk)?.get(sk);
  }

  #store({ pk, sk }: ItemKey, item: Attributes): void {
    const partition = this.#items.get(pk) ?? new Map<string, Attributes>();
    this.#items.set(pk, partition.set(sk, item));
  }

  #holds(item: Attributes | undefined, { exists, equals, atMost, absent = [] }: Condition): boolean {
    const held =
      (exists === undefined || exists === (item !== undefined)) &&
      Object.entries(equals ?? {}).every(([name, value]) => value === undefined || item?.[name] === value) &&
      Object.entries(atMost ?? {}).every(
        ([name, most]) => item?.[name] === undefined || numberOf(item[name]) <= most,
      ) &&
      absent.every((name) => item?.[name] === undefined);
    if (!held) this.operations.refused += 1;
    return held;
  }
}

function numberOf(value: ItemValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function placeOf({ listPlace }: Attributes): string {
  return typeof listPlace === 'string' ? listPlace : '';
}
