import { isDeepStrictEqual } from 'node:util';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../assembly/table-definition.ts';
import { LocalRuntimeError } from '../local-runtime-error.ts';

/**
 * Makes the tables that are missing, with all their indexes.
 *
 * @throws LocalRuntimeError when a table is there with other keys or indexes, which dynalite can't change.
 */
export async function createTables(client: DynamoDBClient, tables: readonly TableDefinition[]): Promise<void> {
  for (const table of tables) {
    const existing = await shapeOf(client, table.name);
    if (existing === undefined) await create(client, table);
    else if (!isDeepStrictEqual(existing, wantedShape(table))) {
      throw new LocalRuntimeError(`The keys or indexes of ${table.name} have changed. Start anew with: npm run reset`);
    }
  }
}

async function create(
  client: DynamoDBClient,
  { name, attributes, keySchema, globalIndexes, localIndexes }: TableDefinition,
): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributes,
      KeySchema: keySchema,
      ...(globalIndexes.length > 0 ? { GlobalSecondaryIndexes: globalIndexes } : {}),
      ...(localIndexes.length > 0 ? { LocalSecondaryIndexes: localIndexes } : {}),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName: name });
}

/** Keys by index name; the table's own under ''. */
type Shape = Readonly<Record<string, readonly string[]>>;

function wantedShape({ keySchema, globalIndexes, localIndexes }: TableDefinition): Shape {
  return shape(keySchema, [...globalIndexes, ...localIndexes]);
}

async function shapeOf(client: DynamoDBClient, name: string): Promise<Shape | undefined> {
  try {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return shape(table?.KeySchema, [...(table?.GlobalSecondaryIndexes ?? []), ...(table?.LocalSecondaryIndexes ?? [])]);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

interface Key {
  readonly AttributeName?: string | undefined;
  readonly KeyType?: string | undefined;
}

interface Index {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: readonly Key[] | undefined;
}

function shape(keys: readonly Key[] = [], indexes: readonly Index[]): Shape {
  const entries = indexes.map((index): [string, readonly string[]] => [
    index.IndexName ?? '',
    keyNames(index.KeySchema),
  ]);
  return Object.fromEntries([['', keyNames(keys)], ...entries]);
}

function keyNames(keys: readonly Key[] = []): readonly string[] {
  return keys.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`);
}
