import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TableDefinition } from '../../../../local/assembly/table-definition.ts';
import { dummyCredentials } from '../../../../local/store/dummy-credentials.ts';
import { StoreProcess } from '../../../../local/store/store-process.ts';
import { LinkedObjects } from '../../../../shared/objects/linked-objects.ts';
import { ObjectLinks } from '../../../../shared/objects/object-links.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const patience = { timeout: 30_000 };
const buckets = { names: ['bucket'], lifetimes: [{ prefix: 'results/', days: 7 }] };
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const variables = { TABLE_NAME: 'state', SECRET_KEY_PARAMETER: '/key' };
const key = (name: string, type: 'HASH' | 'RANGE') => ({ AttributeName: name, KeyType: type });

const table: TableDefinition = {
  name: 'state',
  attributes: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  keySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
  globalIndexes: [
    { IndexName: 'reverse', KeySchema: [key('sk', 'HASH'), key('pk', 'RANGE')], Projection: { ProjectionType: 'ALL' } },
  ],
  localIndexes: [],
  ttlAttribute: 'ttl',
};

interface OpenStore {
  readonly store: StoreProcess;
  readonly tables: DynamoDBClient;
  readonly parameters: SSMClient;
  readonly restarted: Promise<string>;
}

async function openStore(folder: string, definition = table): Promise<OpenStore> {
  const { promise: restarted, resolve } = Promise.withResolvers<string>();
  const store = new StoreProcess(folder, resolve);
  onTestFinished(() => store.close());
  await store.open();
  await store.createTables([definition], variables, buckets);
  const common = { region: 'us-east-1', credentials, maxAttempts: 10 };
  const tables = new DynamoDBClient({ ...common, endpoint: store.address.tableUrl });
  const parameters = new SSMClient({ ...common, endpoint: store.address.parameterUrl });
  onTestFinished(() => {
    tables.destroy();
    parameters.destroy();
  });
  return { store, tables, parameters, restarted };
}

const put = (pk: string, more: Record<string, { S: string } | { N: string }> = {}) =>
  new PutItemCommand({ TableName: 'state', Item: { pk: { S: pk }, sk: { S: 'row' }, ...more } });
const get = (pk: string) => new GetItemCommand({ TableName: 'state', Key: { pk: { S: pk }, sk: { S: 'row' } } });
const putKey = (Value: string) =>
  new PutParameterCommand({ Name: '/key', Value, Type: 'SecureString', Overwrite: false });
const getKey = new GetParameterCommand({ Name: '/key', WithDecryption: true });

describe('the store', patience, () => {
  it('keeps tables with their indexes, and parameters, over a restart', async () => {
    const folder = await temporaryFolder();
    const first = await openStore(folder);
    await first.tables.send(put('a', { note: { S: 'kept' } }));
    await first.parameters.send(putKey('secret'));
    await first.store.close();
    const second = await openStore(folder);
    expect((await second.tables.send(get('a'))).Item?.note).toEqual({ S: 'kept' });
    expect((await second.parameters.send(getKey)).Parameter?.Value).toBe('secret');
    const query = new QueryCommand({
      TableName: 'state',
      IndexName: 'reverse',
      KeyConditionExpression: 'sk = :sk',
      ExpressionAttributeValues: { ':sk': { S: 'row' } },
    });
    expect((await second.tables.send(query)).Count).toBe(1);
  });

  it('that is killed comes back at the same address with everything in it', async () => {
    const { store, tables, parameters, restarted } = await openStore(await temporaryFolder());
    await tables.send(put('a'));
    await parameters.send(putKey('secret'));
    const { address, processId = 0 } = store;
    process.kill(processId, 'SIGKILL');
    expect(await restarted).toContain('SIGKILL');
    expect((await tables.send(get('a'))).Item).toBeDefined();
    expect((await parameters.send(getKey)).Parameter?.Value).toBe('secret');
    expect(store.address).toEqual(address);
    expect(store.processId).not.toBe(processId);
  });

  it('refuses a table whose indexes have changed, and says what helps', async () => {
    const folder = await temporaryFolder();
    await (await openStore(folder)).store.close();
    await expect(openStore(folder, { ...table, globalIndexes: [] })).rejects.toThrow('npm run reset');
  });

  it('deletes items whose time has passed, and no others', async () => {
    const { store, tables } = await openStore(await temporaryFolder());
    const now = Math.floor(Date.now() / 1000);
    await tables.send(put('past', { ttl: { N: String(now - 5) } }));
    await tables.send(put('future', { ttl: { N: String(now + 3600) } }));
    await tables.send(put('for ever'));
    expect(await store.sweep()).toBe(1);
    const left = await Promise.all(
      ['past', 'future', 'for ever'].map(async (pk) => (await tables.send(get(pk))).Item !== undefined),
    );
    expect(left).toEqual([false, true, true]);
    expect(await store.sweep()).toBe(0);
  });
});

describe('the object store', patience, () => {
  const open = (store: StoreProcess) => {
    const place = { AWS_ENDPOINT_URL_S3: store.address.objectUrl, BUCKET_NAME: 'bucket' };
    const links = new ObjectLinks({ ...dummyCredentials, ...place });
    return { objects: new LinkedObjects(links), link: (key: string) => links.signGet(key, { seconds: 60 }) };
  };
  const type = { mediaType: 'text/plain' };

  it('that is killed comes back at the same address with everything in it', async () => {
    const { store, tables, restarted } = await openStore(await temporaryFolder());
    const { objects, link } = open(store);
    await objects.put('results/a', Buffer.from('kept'), type);
    process.kill(store.processId ?? 0, 'SIGKILL');
    await restarted;
    // The tables are there again, and so are the buckets.
    await tables.send(get('a'));
    await store.hasAccounts();
    expect(await (await fetch(await link('results/a'))).text()).toBe('kept');
  });

  it('forgets what is old', async () => {
    const folder = await temporaryFolder();
    const { store } = await openStore(folder);
    const { objects, link } = open(store);
    await objects.put('results/old', Buffer.from('old'), type);
    await objects.put('results/new', Buffer.from('new'), type);
    const [old = ''] = await readdir(join(folder, 'objects/objects/results')).then((names) => names.toSorted());
    const path = join(folder, 'objects/objects/results', old);
    const time = new Date(Date.now() - 8 * 24 * 3600 * 1000);
    await utimes(path, time, time);
    expect(await store.sweep()).toBe(1);
    const left = await Promise.all(
      ['old', 'new'].map(async (name) => (await fetch(await link(`results/${name}`))).status),
    );
    expect(left.toSorted()).toEqual([200, 403]);
  });
});

describe('the parameter store', patience, () => {
  it('keeps the first value of a name, for its owner’s eyes only', async () => {
    const folder = await temporaryFolder();
    const { parameters } = await openStore(folder);
    await expect(parameters.send(getKey)).rejects.toThrow(ParameterNotFound);
    const results = await Promise.allSettled(['one', 'two'].map((value) => parameters.send(putKey(value))));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(parameters.send(putKey('three'))).rejects.toThrow(ParameterAlreadyExists);
    expect((await parameters.send(getKey)).Parameter).toMatchObject({ Name: '/key', Type: 'SecureString' });
    const path = join(folder, 'parameters.json');
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(Object.keys(JSON.parse(await readFile(path, 'utf8')))).toEqual(['/key']);
  });

  it('refuses what it does not do', async () => {
    const { parameters } = await openStore(await temporaryFolder());
    const overwrite = new PutParameterCommand({ Name: '/key', Value: 'x', Type: 'SecureString', Overwrite: true });
    await expect(parameters.send(overwrite)).rejects.toThrow('no Overwrite');
  });
});

describe('seeding', patience, () => {
  it('imports accounts and keys, makes the admin key once, and changes nothing the second time', async () => {
    const { store } = await openStore(await temporaryFolder());
    const first = await store.seed({ ACCOUNTS: 'a@example.com:word' });
    expect(first).toMatchObject({ accounts: { added: 1 }, accountCount: 1, adminKey: expect.stringMatching(/^sk-/) });
    const second = await store.seed({ ACCOUNTS: 'a@example.com:word' });
    expect(second).toMatchObject({ accounts: { added: 0, unchanged: 1 }, accountCount: 1 });
    expect(second.adminKey).toBeUndefined();
  });

  it('takes the owner’s own admin key instead', async () => {
    const { store } = await openStore(await temporaryFolder());
    const { adminKey, keys } = await store.seed({ API_KEY: 'sk-a-long-enough-key' });
    expect([adminKey, keys.added]).toEqual([undefined, 1]);
  });

  it('forgets the simulator’s account of the last time', async () => {
    const { store } = await openStore(await temporaryFolder());
    expect((await store.seed({})).accountCount).toBe(0);
    await store.addSimulatorAccount('owner@example.com:password');
    expect((await store.seed({})).accountCount).toBe(0);
  });
});
