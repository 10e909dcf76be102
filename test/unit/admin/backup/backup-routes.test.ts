import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lane, readAccount } from '../../../../shared/accounts/account.ts';
import { addAccount } from '../../../../shared/accounts/add-account.ts';
import { openCurrentSecret } from '../../../../shared/accounts/current-secret.ts';
import { setOwnerState } from '../../../../shared/accounts/owner-acts.ts';
import { hashKey } from '../../../../shared/keys/hash-key.ts';
import { addStoredKey, listStoredKeys } from '../../../../shared/keys/stored-keys.ts';
import { parseStoredAliases } from '../../../../shared/models/read-aliases.ts';
import { accountsPartition, aliasesKey, usageDaysPartition } from '../../../../shared/store/keys.ts';
import { fetchWebhookSecret, importWebhookSecret } from '../../../../shared/webhooks/webhook-secret.ts';
import { type DynaliteServer, startDynalite } from '../../../support/dynalite-table.ts';
import { makeToken } from '../../../support/jwt.ts';
import { type BackupDoor, openDoor } from './two-gateways.ts';

const passphrase = 'a long passphrase';
const webhookSecret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

let store: DynaliteServer;
let from: BackupDoor;
let to: BackupDoor;
beforeAll(async () => {
  store = await startDynalite();
});
afterAll(() => store.close());
beforeEach(async () => {
  from = openDoor((await store.newTable()).table);
  to = openDoor((await store.newTable()).table);
});

const tokenOf = (user: string, exp = 1_900_000_000) => makeToken({ id: user, exp });

/** Accounts as the table holds them, opened, without what belongs to their use. */
async function accountsOf({ table, secretBox }: BackupDoor) {
  const items = await table.query(accountsPartition(lane));
  return Promise.all(
    items.flatMap((item) => {
      const account = readAccount(item);
      if (account === undefined) return [];
      const { id, label, state, reason, hasToken, canSignIn, canRefresh, tokenExpiresAt } = account;
      const seen = { id, label, state, reason, hasToken, canSignIn, canRefresh, tokenExpiresAt };
      return [openCurrentSecret(secretBox, account).then((secret) => ({ ...seen, secret }))];
    }),
  );
}

const keysOf = async ({ table }: BackupDoor) =>
  (await listStoredKeys(table, true)).map(({ source: _, leavingUntil: __, ...key }) => key);

async function fill({ table, secretBox }: BackupDoor): Promise<void> {
  await addAccount(table, secretBox, { token: tokenOf('one'), cookie: `token=${tokenOf('one')}; a=b` }, 'admin');
  const { id } = await addAccount(
    table,
    secretBox,
    { email: 'two@example.com', password: 'correct horse', proxyUrl: 'http://me:word@10.0.0.1:8080', label: 'second' },
    'environment',
  );
  await setOwnerState(table, id, 'drain');
  await addAccount(table, secretBox, { token: tokenOf('three'), proxyUrl: 'socks5://10.0.0.2:1080' }, 'admin');
  const key = { source: 'admin', createdAt: 1_700_000_000_000 };
  const hash = (plain: string) => hashKey(plain).toString('hex');
  await addStoredKey(table, { ...key, id: 'key-0000000000aa', hash: hash('sk-a'), name: 'owner', role: 'admin' });
  const limits = {
    models: ['qwen*'],
    routes: ['chat'] as const,
    expiresAt: 4_000_000_000_000,
    limits: { requestsPerMinute: 5, day: { tokens: 1000 } },
  };
  await addStoredKey(table, { ...key, ...limits, id: 'key-0000000000bb', hash: hash('sk-b'), name: 'b', role: 'user' });
  await table.put(aliasesKey, { aliases: JSON.stringify([{ pattern: 'gpt-*', model: 'qwen3.7-plus' }]) });
  await importWebhookSecret({ WEBHOOK_SECRET: webhookSecret }, table, secretBox);
  await table.put(
    { pk: usageDaysPartition, sk: '2026-11-20#key-0000000000bb#m#-' },
    { requests: 3, day: '2026-11-20' },
  );
  await to.call('import', { document: 'LOG_LEVEL=warn\nOUTPUT_THINK=false' });
}

describe('an export with secrets', () => {
  it('makes the same gateway of an empty one, and changes nothing the second time', async () => {
    await fill(from);
    await from.call('import', { document: 'LOG_LEVEL=warn\nOUTPUT_THINK=false' });
    const document = await from.call('export', { secrets: { passphrase }, usage: true });
    to = openDoor((await store.newTable()).table);
    const body = { document, passphrase, admins: true };

    const preview = await to.call('import/preview', body);
    expect(await accountsOf(to)).toEqual([]);
    expect(await keysOf(to)).toEqual([]);
    const first = await to.call('import', body);
    expect(first).toMatchObject({ object: 'backup.import', preview: false, format: 'qwen-gateway-export' });
    expect(first.counts).toEqual({ added: 10, changed: 0, unchanged: 0, skipped: 0, failed: 0, left: 0 });
    expect(preview.data.map(({ kind, outcome }: { kind: string; outcome: string }) => [kind, outcome])).toEqual(
      first.data.map(({ kind, outcome }: { kind: string; outcome: string }) => [kind, outcome]),
    );

    expect(await accountsOf(to)).toEqual(await accountsOf(from));
    expect(await keysOf(to)).toEqual(await keysOf(from));
    expect(await to.table.get(aliasesKey)).toEqual(await from.table.get(aliasesKey));
    expect(await to.table.query(usageDaysPartition)).toEqual(await from.table.query(usageDaysPartition));
    expect(await fetchWebhookSecret(to.table, to.secretBox)).toBe(webhookSecret);
    const again = await to.call('export', {});
    expect(again.settings).toEqual({ LOG_LEVEL: 'warn', OUTPUT_THINK: 'false' });

    const second = await to.call('import', body);
    expect(second.counts).toMatchObject({ added: 0, changed: 0, unchanged: 10, failed: 0 });
  });

  it('keeps its key ids and roles, but makes nobody an admin unasked', async () => {
    await fill(from);
    const document = await from.call('export', { secrets: { passphrase } });
    const { data } = await to.call('import', { document, passphrase });
    expect(data.find(({ name }: { name: string }) => name === 'owner')).toMatchObject({
      outcome: 'added',
      id: 'key-0000000000aa',
      reason: expect.stringContaining('admins'),
    });
    expect((await keysOf(to)).map(({ role }) => role)).toEqual(['user', 'user']);
    await to.call('import', { document, passphrase, admins: true });
    expect((await keysOf(to)).map(({ id, role }) => [id, role]).toSorted()).toEqual([
      ['key-0000000000aa', 'admin'],
      ['key-0000000000bb', 'user'],
    ]);
    await to.call('import', { document, passphrase });
    expect((await keysOf(to)).filter(({ role }) => role === 'admin')).toHaveLength(1);
  });

  it('leaves out what was encrypted with a lost key, and nothing else', async () => {
    await addAccount(from.table, openDoor(from.table).secretBox, { token: tokenOf('lost') }, 'admin');
    await addAccount(from.table, from.secretBox, { token: tokenOf('one') }, 'admin');
    const document = await from.call('export', { secrets: { passphrase } });
    expect(document.accounts).toHaveLength(2);
    const { counts } = await to.call('import', { document, passphrase });
    expect(counts).toMatchObject({ added: 1, skipped: 1 });
  });

  it('opens for its passphrase alone, and only as it was made', async () => {
    await addAccount(from.table, from.secretBox, { token: tokenOf('one') }, 'admin');
    const document = await from.call('export', { secrets: { passphrase } });
    const refusal = { status: 400, code: 'export_unreadable' };
    const attempt = (changed: unknown, word = passphrase) =>
      to.call('import/preview', { document: changed, passphrase: word });
    await expect(attempt(document, 'another passphrase')).rejects.toMatchObject(refusal);
    await expect(attempt(document, `${passphrase} `)).rejects.toMatchObject(refusal);
    await expect(to.call('import', { document })).rejects.toMatchObject({ status: 400, param: 'passphrase' });
    const { secrets, ...head } = document;
    const changes = [
      { ...head, gateway: '9', secrets },
      { ...head, made_at: '2026-11-22T00:00:00.000Z', secrets },
      { ...head, settings: { LOG_LEVEL: 'debug' }, secrets },
      { ...head, accounts: [], secrets },
      { ...head, secrets: { ...secrets, salt: secrets.nonce } },
      {
        ...head,
        secrets: { ...secrets, data: secrets.data.replace(/^./, (first: string) => (first === 'A' ? 'B' : 'A')) },
      },
      { ...head, secrets: { ...secrets, data: 'AAAA' } },
    ];
    for (const changed of changes) await expect(attempt(changed)).rejects.toMatchObject(refusal);
    for (const changed of [
      { ...document, version: 2 },
      { ...document, more: 1 },
      { ...head, secrets: { ...secrets, n: 2 } },
    ]) {
      await expect(attempt(changed)).rejects.toMatchObject({ status: 400, code: 'invalid_request' });
    }
    // Laid out otherwise, it is the same.
    const { made_at, ...rest } = document;
    expect(await attempt(JSON.stringify({ ...rest, made_at }, null, 8))).toMatchObject({ counts: { added: 1 } });
  }, 60_000);
});

describe('an export without secrets', () => {
  it('shows none, makes nothing of them, and says so', async () => {
    await fill(from);
    const document = await from.call('export');
    const text = JSON.stringify(document);
    for (const secret of ['correct horse', 'me:word', 'eyJ', webhookSecret, 'imported', 'password']) {
      expect(text).not.toContain(secret);
    }
    for (const { hash } of await listStoredKeys(from.table, true)) expect(text).not.toContain(hash);
    expect(document).toMatchObject({
      format: 'qwen-gateway-export',
      version: 1,
      gateway: '0.0.0-test',
      next_account: null,
      webhook: { has_secret: true },
      secrets: null,
    });
    expect(document.accounts.map(({ proxy_url }: { proxy_url: string | null }) => proxy_url).toSorted()).toEqual([
      null,
      null,
      'socks5://10.0.0.2:1080',
    ]);
    to = openDoor((await store.newTable()).table);
    const { counts, data } = await to.call('import', { document });
    expect(counts).toEqual({ added: 1, changed: 0, unchanged: 0, skipped: 6, failed: 0, left: 0 });
    expect(data.filter(({ outcome }: { outcome: string }) => outcome === 'skipped')).toHaveLength(6);
    // Where everything is, nothing is missing.
    expect((await from.call('import', { document })).counts).toMatchObject({ unchanged: 6, skipped: 1 });
  });

  it('may hold a part of the accounts, and tells where the next one begins', async () => {
    for (const user of ['a', 'b', 'c', 'd', 'e']) {
      await addAccount(from.table, from.secretBox, { token: tokenOf(user) }, 'admin');
    }
    const ids: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const part = await from.call('export', { accounts: { limit: 2, after } });
      ids.push(...part.accounts.map(({ id }: { id: string }) => id));
      after = part.next_account;
    }
    expect(ids).toEqual((await accountsOf(from)).map(({ id }) => id));
    expect(ids).toHaveLength(5);
  });
});

describe('an import into a gateway that has something', () => {
  const identity = { token: tokenOf('one', 1_900_000_000), refreshToken: 'refresh-of-one-0123' };

  it.each([
    ['a younger token, with what came with it', 1_900_000_001, 'changed'],
    ['no older one', 1_899_999_999, 'unchanged'],
  ])('takes %s', async (_what, exp, outcome) => {
    await addAccount(
      from.table,
      from.secretBox,
      { token: tokenOf('one', exp), refreshToken: 'another-refresh-one' },
      'admin',
    );
    await addAccount(to.table, to.secretBox, identity, 'admin');
    const document = await from.call('export', { secrets: { passphrase } });
    expect((await to.call('import', { document, passphrase, mode: 'replace-none' })).data[0].outcome).toBe('unchanged');
    expect((await to.call('import', { document, passphrase })).data[0].outcome).toBe(outcome);
    const [{ secret } = { secret: {} }] = await accountsOf(to);
    expect(secret).toMatchObject(
      outcome === 'changed' ? { token: tokenOf('one', exp), refreshToken: 'another-refresh-one' } : identity,
    );
  });

  it('gives accounts what they lack, and leaves those out of use that their owner has taken out', async () => {
    const { id } = await addAccount(to.table, to.secretBox, { email: 'two@example.com', password: 'mine' }, 'admin');
    await setOwnerState(to.table, id, 'disable');
    const document = {
      accounts: [{ email: 'two@example.com', password: 'theirs', token: tokenOf('two'), proxy: 'http://h:1' }],
    };
    expect((await to.call('import', { document })).data).toMatchObject([{ kind: 'account', outcome: 'changed', id }]);
    expect(await accountsOf(to)).toMatchObject([
      {
        state: 'disabled',
        hasToken: true,
        secret: { password: 'mine', token: tokenOf('two'), proxyUrl: 'http://h:1/' },
      },
    ]);
    expect((await to.call('import', { document })).counts).toMatchObject({ unchanged: 1 });
  });

  it('leaves keys of the environment, other webhook secrets and wrong settings alone, and says why', async () => {
    const hash = hashKey('sk-environment').toString('hex');
    const key = { id: 'key-00000000000e', name: 'API_KEY 1', role: 'user', source: 'environment' } as const;
    await addStoredKey(to.table, { ...key, hash });
    await importWebhookSecret({ WEBHOOK_SECRET: webhookSecret }, to.table, to.secretBox);
    const document = `API_KEY=sk-environment\nLOG_LEVEL=loud\nWEBHOOK_SECRET=whsec_${'B'.repeat(32)}`;
    const { data } = await to.call('import', { document, admins: true });
    expect(data).toMatchObject([
      { kind: 'setting', name: 'LOG_LEVEL', outcome: 'skipped', reason: expect.stringContaining('one of') },
      { kind: 'webhook', outcome: 'skipped' },
      { kind: 'key', outcome: 'unchanged', id: key.id },
    ]);
    expect(await keysOf(to)).toMatchObject([{ role: 'user' }]);
    expect(await fetchWebhookSecret(to.table, to.secretBox)).toBe(webhookSecret);
  });

  it('merges aliases: those that are there get the document’s model in their place', async () => {
    const stored = [
      { pattern: 'a', model: '1' },
      { pattern: 'B*', model: '2' },
    ];
    await to.table.put(aliasesKey, { aliases: JSON.stringify(stored) });
    const document = 'MODEL_ALIASES=b*=3,c=4';
    const aliases = async () => parseStoredAliases(String((await to.table.get(aliasesKey))?.aliases));
    expect((await to.call('import', { document, mode: 'replace-none' })).counts).toMatchObject({
      added: 1,
      unchanged: 1,
    });
    expect(await aliases()).toEqual([...stored, { pattern: 'c', model: '4' }]);
    expect((await to.call('import', { document })).counts).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await aliases()).toEqual([
      { pattern: 'a', model: '1' },
      { pattern: 'b*', model: '3' },
      { pattern: 'c', model: '4' },
    ]);
  });

  it('leaves what it has no time for, which another call does', async () => {
    const document = [tokenOf('a'), tokenOf('b')];
    expect((await to.call('import', { document }, 5000)).counts).toMatchObject({ added: 0, left: 2 });
    expect((await to.call('import', { document })).counts).toMatchObject({ added: 2, left: 0 });
  });
});

it('whatever is imported in whatever order, twice is once', async () => {
  const users = fc.constantFrom('a', 'b', 'c');
  const entry = fc.oneof(
    fc
      .tuple(users, fc.integer({ min: 1_900_000_000, max: 1_900_000_009 }))
      .map(([user, exp]) => ({ token: tokenOf(user, exp) })),
    fc.tuple(users, fc.constantFrom('p', 'q')).map(([user, password]) => ({ email: `${user}@x.y`, password })),
  );
  const documents = fc.array(fc.array(entry, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(documents, async (list) => {
      const door = openDoor((await store.newTable()).table);
      for (const document of list) {
        await door.call('import', { document });
        const before = await accountsOf(door);
        const { counts } = await door.call('import', { document });
        expect(counts).toMatchObject({ added: 0, changed: 0, failed: 0 });
        expect(await accountsOf(door)).toEqual(before);
      }
    }),
    { numRuns: 15 },
  );
});

it('writes into the audit log what was done, and no secret', async () => {
  await to.call('export', { secrets: { passphrase } });
  await to.call('import', { document: `API_KEY=sk-hidden-key-0123\nQWEN_TOKEN=${tokenOf('x')}` });
  const entries = await to.audit.newest(10);
  expect(entries.map(({ act, outcome, details }) => `${act} ${outcome} ${details}`).toReversed()).toEqual([
    'backup.export begun with secrets',
    'backup.export done with secrets',
    'backup.import begun ',
    'backup.import done environment: 2 added, 0 changed, 0 unchanged, 0 skipped, 0 failed, 0 left',
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/hidden|eyJ|long passphrase/);
});

it.each([
  ['export', { secrets: { passphrase: 'eleven char' } }, 'secrets.passphrase'],
  ['export', { secrets: true }, 'secrets'],
  ['export', { acounts: {} }, 'acounts'],
  ['export', { accounts: { limit: 0 } }, 'accounts.limit'],
  ['import', {}, 'document'],
  ['import', { document: 'a', mode: 'all' }, 'mode'],
  ['import/preview', { document: 'a', pasphrase: 'x' }, 'pasphrase'],
  ['import', { document: { format: 'qwen-gateway-export', version: 1, keys: 3 } }, 'document.made_at'],
] as const)('refuses %s of %j by name', async (path, body, param) => {
  await expect(to.call(path, body)).rejects.toMatchObject({ status: 400, param });
});
