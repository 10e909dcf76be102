import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Attributes, decodeAttributes, encodeAttributes } from './attributes.ts';
import { type Changes, type Condition, ExpressionBuilder } from './expressions.ts';
import type { ItemKey } from './keys.ts';
import { available, conditionHeld } from './store-call.ts';
import { ConfigurationError } from './store-errors.ts';
import { deleteCommand, updateCommand } from './write-commands.ts';

/** How fresh a read must be. */
export interface ReadOptions {
  /** Sees every write that was acknowledged before; costs twice as much. */
  readonly consistent?: boolean;
}

/** Which items of a partition are wanted: those after a place in their order, or else those before it, last first. */
export interface PartOptions extends ReadOptions {
  /** At least 1. */
  readonly limit: number;
  readonly after?: string;
  /** The end of the partition when absent. */
  readonly before?: string;
}

/** Which part of a list is wanted. */
export interface ListOptions {
  /** At least 1. */
  readonly limit: number;
  /** Only places before this one. */
  readonly before?: string | undefined;
  /** Whether the last place comes first. */
  readonly descending: boolean;
}

/** The index of items that have the attributes `list` and `place`: all items of a list, in the order of their places. */
export const listsIndex = 'lists';

/** Items that one call reads of a list at most; more come with further calls. */
const mostListed = 1000;

/**
 * The gateway's one table: `pk` and `sk` are texts, `ttl` (epoch seconds) lets DynamoDB delete an item some day, which
 * readers must not rely on. Every write touches a single item. All methods throw `StoreUnavailableError`.
 */
export class Table {
  readonly #name: string;
  readonly #client: DynamoDBClient;

  constructor(name: string, client: DynamoDBClient) {
    this.#name = name;
    this.#client = client;
  }

  async get(key: ItemKey, options: ReadOptions = {}): Promise<Attributes | undefined> {
    const command = new GetItemCommand({
      TableName: this.#name,
      Key: encodeAttributes({ ...key }),
      ConsistentRead: options.consistent ?? false,
    });
    const { Item } = await available(this.#client.send(command));
    return Item === undefined ? undefined : decodeAttributes(Item);
  }

  /** All items of a partition, in the order of `sk`, page by page. */
  async query(partition: string, options: ReadOptions = {}): Promise<readonly Attributes[]> {
    const items: Attributes[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const command = new QueryCommand({
        TableName: this.#name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
        ConsistentRead: options.consistent ?? false,
        ExclusiveStartKey: start,
      });
      const page: QueryCommandOutput = await available(this.#client.send(command));
      for (const item of page.Items ?? []) items.push(decodeAttributes(item));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  }

  /** A part of a partition: so many items at most, beyond one place of `sk`. */
  async part(
    partition: string,
    { limit, after, before, consistent = false }: PartOptions,
  ): Promise<readonly Attributes[]> {
    const bound = after ?? before;
    const items: Attributes[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const command = new QueryCommand({
        TableName: this.#name,
        KeyConditionExpression:
          bound === undefined ? 'pk = :pk' : `pk = :pk AND sk ${after === undefined ? '<' : '>'} :sk`,
        ExpressionAttributeValues: { ':pk': { S: partition }, ...(bound !== undefined && { ':sk': { S: bound } }) },
        ScanIndexForward: after !== undefined,
        ConsistentRead: consistent,
        Limit: limit - items.length,
        ExclusiveStartKey: start,
      });
      const page: QueryCommandOutput = await available(this.#client.send(command));
      for (const item of page.Items ?? []) items.push(decodeAttributes(item));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && items.length < limit);
    return items;
  }

  /**
   * A part of a list: items with the attribute `listKey`, in the order of their attribute `listPlace`. A write is seen here a
   * moment after it was acknowledged.
   */
  async listed(list: string, { limit, before, descending }: ListOptions): Promise<readonly Attributes[]> {
    const items: Attributes[] = [];
    let start: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const command = new QueryCommand({
        TableName: this.#name,
        IndexName: listsIndex,
        KeyConditionExpression: before === undefined ? 'listKey = :list' : 'listKey = :list AND listPlace < :place',
        ExpressionAttributeValues: { ':list': { S: list }, ...(before !== undefined && { ':place': { S: before } }) },
        ScanIndexForward: !descending,
        Limit: Math.min(limit - items.length, mostListed),
        ExclusiveStartKey: start,
      });
      const page: QueryCommandOutput = await available(this.#client.send(command));
      for (const item of page.Items ?? []) items.push(decodeAttributes(item));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && items.length < limit);
    return items;
  }

  /** Writes a whole item over what was there. @returns whether the condition held, and so the write happened. */
  async put(key: ItemKey, attributes: Attributes, condition: Condition = {}): Promise<boolean> {
    const expressions = new ExpressionBuilder();
    const command = new PutItemCommand({
      TableName: this.#name,
      Item: encodeAttributes({ ...attributes, ...key }),
      ConditionExpression: expressions.condition(condition),
      ...expressions.placeholders(),
    });
    return conditionHeld(this.#client.send(command));
  }

  /**
   * Changes single attributes. Without a condition, a missing item is made. @returns whether the condition held, and so
   * the write happened.
   */
  async update(key: ItemKey, changes: Changes, condition: Condition = {}): Promise<boolean> {
    return conditionHeld(this.#client.send(updateCommand(this.#name, key, changes, condition)));
  }

  /**
   * Changes single attributes as `update` does, and reads the item in the same call. @returns the whole item as it is
   * after the write, `undefined` when the condition did not hold.
   */
  async updateAndRead(key: ItemKey, changes: Changes, condition: Condition = {}): Promise<Attributes | undefined> {
    let attributes: Attributes | undefined;
    const write = this.#client.send(updateCommand(this.#name, key, changes, condition, 'ALL_NEW'));
    await conditionHeld(
      write.then((output) => {
        attributes = decodeAttributes(output.Attributes ?? {});
      }),
    );
    return attributes;
  }

  /** A missing item is no failure. @returns whether the condition held. */
  async delete(key: ItemKey, condition: Condition = {}): Promise<boolean> {
    return conditionHeld(this.#client.send(deleteCommand(this.#name, key, condition)));
  }

  /**
   * Deletes an item as `delete` does, and reads it in the same call, so that only one caller gets it.
   *
   * @returns the item as it was, `undefined` when there was none or the condition did not hold.
   */
  async deleteAndRead(key: ItemKey, condition: Condition = {}): Promise<Attributes | undefined> {
    let attributes: Attributes | undefined;
    const write = this.#client.send(deleteCommand(this.#name, key, condition, 'ALL_OLD'));
    await conditionHeld(
      write.then((output) => {
        if (output.Attributes !== undefined) attributes = decodeAttributes(output.Attributes);
      }),
    );
    return attributes;
  }

  /** Closes idle connections. */
  close(): void {
    this.#client.destroy();
  }
}

/**
 * Opens the table named by TABLE_NAME. The SDK itself reads the region, the credentials and AWS_ENDPOINT_URL_DYNAMODB.
 * Nothing is sent before the first call.
 *
 * @throws ConfigurationError when TABLE_NAME is missing.
 */
export function openTable(env: Readonly<Record<string, string | undefined>>): Table {
  const name = env.TABLE_NAME;
  if (name === undefined || name === '') throw new ConfigurationError('TABLE_NAME is not set.');
  // A call that hangs would hold a whole request; DynamoDB answers within tens of milliseconds.
  const requestHandler = { connectionTimeout: 2000, requestTimeout: 5000 };
  return new Table(name, new DynamoDBClient({ maxAttempts: 3, requestHandler }));
}
