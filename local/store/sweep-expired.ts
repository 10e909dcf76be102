import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../assembly/table-definition.ts';

/**
 * Deletes the items whose time has passed, which AWS does by itself and dynalite does not.
 *
 * @param now epoch seconds.
 * @returns how many went.
 */
export async function sweepExpired(client: DynamoDBClient, table: TableDefinition, now: number): Promise<number> {
  if (table.ttlAttribute === undefined) return 0;
  const passed = {
    ExpressionAttributeNames: { '#ttl': table.ttlAttribute },
    ExpressionAttributeValues: { ':now': { N: String(now) } },
  };
  const keys = table.keySchema.map(({ AttributeName }) => AttributeName);
  const scan = { TableName: table.name, FilterExpression: '#ttl <= :now', ...passed };
  let deleted = 0;
  for await (const page of paginateScan({ client }, scan)) {
    for (const item of page.Items ?? []) {
      const key = Object.fromEntries(Object.entries(item).filter(([name]) => keys.includes(name)));
      // Checked again, since somebody may have given the item more time meanwhile.
      const command = new DeleteItemCommand({
        TableName: table.name,
        Key: key,
        ConditionExpression: '#ttl <= :now',
        ...passed,
      });
      if (await succeeds(client.send(command))) deleted += 1;
    }
  }
  return deleted;
}

async function succeeds(deletion: Promise<unknown>): Promise<boolean> {
  try {
    await deletion;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
