import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { listsIndex, Table } from '../../shared/store/table.ts';

/** A table of its own for one test, and what was asked of it. */
export interface TestTable {
  readonly table: Table;
  readonly name: string;
  /** The names of the commands sent so far, as `QueryCommand`. */
  readonly sent: string[];
  /** How many of these commands were sent. */
  count(command: string): number;
}

/** DynamoDB in this process, with everything in memory. */
export interface DynaliteServer {
  readonly url: string;
  newTable(): Promise<TestTable>;
  /** A second client of the same table, as another instance would have it. */
  open(name: string): TestTable;
  close(): Promise<void>;
}

/** Starts dynalite on a free loopback port. */
export async function startDynalite(): Promise<DynaliteServer> {
  // dynalite is CommonJS without types.
  const dynalite: (options: object) => Server = createRequire(import.meta.url)('dynalite');
  const server = dynalite({ createTableMs: 0 });
  const rest = watchRequests(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('dynalite has no port');
  const url = `http://127.0.0.1:${address.port}`;
  const clients: DynamoDBClient[] = [];
  let tables = 0;

  const open = (name: string): TestTable => {
    const client = newClient(url);
    clients.push(client);
    const sent: string[] = [];
    client.middlewareStack.add(
      (next, context) => (request) => {
        sent.push(context.commandName ?? 'unknown');
        return next(request);
      },
      { step: 'initialize' },
    );
    const count = (command: string) => sent.filter((other) => other === command).length;
    return { table: new Table(name, client), name, sent, count };
  };

  return {
    url,
    open,
    async newTable() {
      tables += 1;
      const name = `test-${tables}`;
      await createTable(url, name);
      return open(name);
    },
    async close() {
      // What still runs would find its database closed.
      await rest();
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @returns waits until the server has no request under way. */
function watchRequests(server: Server): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  server.prependListener('request', (_request, response) => {
    const over = new Promise<void>((resolve) => response.once('close', resolve));
    running.add(over);
    response.once('close', () => running.delete(over));
  });
  return async () => {
    while (running.size > 0) await Promise.all(running);
  };
}

function newClient(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

async function createTable(url: string, name: string): Promise<void> {
  const client = newClient(url);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'listKey', AttributeType: 'S' },
        { AttributeName: 'listPlace', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: listsIndex,
          KeySchema: [
            { AttributeName: 'listKey', KeyType: 'HASH' },
            { AttributeName: 'listPlace', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  for (;;) {
    const { Table: description } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (description?.TableStatus === 'ACTIVE') break;
  }
  client.destroy();
}
