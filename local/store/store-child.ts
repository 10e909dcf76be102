import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../assembly/table-definition.ts';
import { ObjectFolder } from '../objects/object-folder.ts';
import { createObjectServer } from '../objects/object-server.ts';
import { createTables } from './create-tables.ts';
import { dummyCredentials } from './dummy-credentials.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { isStoreRequest, type StoredBuckets, type StoreReply, type StoreRequest } from './messages.ts';
import { createParameterStore } from './parameter-store.ts';
import { sweepExpired } from './sweep-expired.ts';
import { createTableServer } from './table-server.ts';

// The program of the store's process: see StoreProcess. It ends when its parent does, however that happens.

const sweepMilliseconds = 60_000;

/** What `open` starts. */
class Store {
  readonly #client = new DynamoDBClient({});
  readonly #objects: ObjectFolder;
  #tables: readonly TableDefinition[] = [];
  #buckets: StoredBuckets = { names: [], lifetimes: [] };

  constructor(objects: ObjectFolder) {
    this.#objects = objects;
  }

  async createTables(tables: readonly TableDefinition[], buckets: StoredBuckets): Promise<void> {
    await createTables(this.#client, tables);
    this.#tables = tables;
    this.#buckets = buckets;
  }

  hasBucket(name: string): boolean {
    return this.#buckets.names.includes(name);
  }

  async sweep(): Promise<number> {
    const now = Math.floor(Date.now() / 1000);
    const counts = await Promise.all([
      this.#objects.expire(this.#buckets.lifetimes, Date.now()),
      ...this.#tables.map((table) => sweepExpired(this.#client, table, now)),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

let store: Store | undefined;
let closeServers: () => void = () => {};

Object.assign(process.env, dummyCredentials);
// Ctrl-C, and the end that a service manager sends, reach the whole process group; the parent decides when the store
// may go.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.once('disconnect', () => {
  closeServers();
});
process.on('message', (message: unknown) => {
  if (isStoreRequest(message)) answer(message).then((reply) => process.send?.(reply));
});

async function answer(request: StoreRequest): Promise<StoreReply> {
  try {
    return await act(request);
  } catch (error) {
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

async function act(request: StoreRequest): Promise<StoreReply> {
  if (request.type === 'open') return open(request);
  if (store === undefined) throw new Error('The store is not open.');
  switch (request.type) {
    case 'create-tables':
      Object.assign(process.env, request.variables);
      await store.createTables(request.tables, request.buckets);
      return { type: 'tables-created' };
    case 'seed': {
      const { seed } = await import('./seed.ts');
      return { type: 'seeded', report: await seed(process.env, request.environment) };
    }
    case 'add-simulator-account': {
      const { addSimulatorAccount } = await import('./seed.ts');
      await addSimulatorAccount(process.env, request.accounts);
      return { type: 'simulator-account-added' };
    }
    case 'count-accounts': {
      const { countAccounts } = await import('./seed.ts');
      return { type: 'accounts-counted', count: await countAccounts(process.env) };
    }
    case 'sweep':
      return { type: 'swept', deleted: await store.sweep() };
  }
}

async function open({ folder, ports }: Extract<StoreRequest, { type: 'open' }>): Promise<StoreReply> {
  const tablesFolder = join(folder, 'tables');
  mkdirSync(tablesFolder, { recursive: true, mode: 0o700 });
  const tableServer = createTableServer(tablesFolder);
  const parameterServer = createParameterStore(join(folder, 'parameters.json'));
  const objects = await ObjectFolder.open(join(folder, 'objects'));
  const opened = new Store(objects);
  const objectServer = createObjectServer({ folder: objects, hasBucket: (name) => opened.hasBucket(name) });
  const [table, parameter, object] = await Promise.all([
    listenOnLoopback(tableServer, ports.table),
    listenOnLoopback(parameterServer, ports.parameter),
    listenOnLoopback(objectServer, ports.object),
  ]);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${table}`;
  process.env.AWS_ENDPOINT_URL_SSM = `http://127.0.0.1:${parameter}`;
  store = opened;
  const sweeping = setInterval(() => void opened.sweep().catch(reportSweep), sweepMilliseconds);
  closeServers = () => {
    clearInterval(sweeping);
    for (const server of [parameterServer, objectServer]) {
      server.close();
      server.closeAllConnections();
    }
    // dynalite closes its files after its last connection.
    tableServer.close(() => process.exit(0));
    tableServer.closeAllConnections();
  };
  return { type: 'opened', ports: { table, parameter, object } };
}

function reportSweep(error: unknown): void {
  console.error('Expired items could not be deleted:', error);
}
