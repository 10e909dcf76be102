import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { callWith, makeKeys, soon } from '../support/made-keys.ts';

const passphrase = 'correct horse battery';
const webhookSecret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

async function open(options: Parameters<typeof openGateway>[0]): Promise<TestGateway> {
  const gateway = await openGateway(options);
  onTestFinished(() => gateway.close());
  return gateway;
}

/** One process runs one gateway in mode `start`; so the two of a test are of different modes. */
const modes = [
  ['start', 'dev'],
  ['dev', 'start'],
] as const;

describe.each(modes)('an export from mode %s into mode %s', { timeout: 180_000 }, (from, mode) => {
  it('makes an empty gateway serve the same accounts to the same keys', async () => {
    const first = await open({
      mode: from,
      accounts: ['one@example.com', 'two@example.com'],
      env: { WEBHOOK_SECRET: webhookSecret },
    });
    first.secret(passphrase);
    const keyOf = await makeKeys(first, {
      laptop: { models: ['qwen3.7-plus', 'mine'], routes: ['chat'] },
      owner: { role: 'admin' },
    });
    const { key } = keyOf('laptop');
    const aliases = [{ pattern: 'mine', model: 'qwen3.7-plus' }];
    expect((await callWith(first, 'PUT', '/admin/model-aliases', { aliases })).status).toBe(200);
    expect((await callWith(first, 'PATCH', '/admin/settings', { values: { OUTPUT_THINK: false } })).status).toBe(200);
    // Signed in, so that the export has tokens beside the passwords.
    expect((await callWith(first, 'POST', '/v1/chat/completions', ask('repeat: hi'))).status).toBe(200);

    const exported = await first.request('POST', '/admin/export', { secrets: { passphrase } });
    expect(exported.headers.get('content-disposition')).toMatch(/^attachment; filename="qwen-gateway-.*\.json"$/);
    const document = await parsed(exported);
    const plain = await callWith(first, 'POST', '/admin/export', {});
    expect({ ...document, secrets: null, made_at: 0 }).toEqual({ ...plain.body, made_at: 0 });

    // The accounts are of the first one's site; the second gateway has none.
    const env = { QWEN_CHAT_PROXY_URL: first.simulator.url };
    const second = await open({ mode, accounts: [], env });
    second.secret(passphrase);
    const importInto = (path: string, body: object) => callWith(second, 'POST', `/admin/import${path}`, body);
    const refused = await importInto('', { document, passphrase: 'another passphrase' });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'export_unreadable' } } });
    const preview = await importInto('/preview', { document, passphrase });
    expect(preview).toMatchObject({
      status: 200,
      body: { preview: true, counts: { added: 7, unchanged: 1, failed: 0 } },
    });
    expect((await callWith(second, 'GET', '/admin/accounts')).body.data).toEqual([]);

    const done = await importInto('', { document, passphrase, admins: true });
    expect(done).toMatchObject({ status: 200, body: { preview: false, format: 'qwen-gateway-export' } });
    expect(done.body.counts).toEqual({ added: 7, changed: 0, unchanged: 1, skipped: 0, failed: 0, left: 0 });
    await soon(async () => {
      const chat = await callWith(second, 'POST', '/v1/chat/completions', ask('repeat: hello', { model: 'mine' }), key);
      expect(chat).toMatchObject({ status: 200, body: { choices: [{ message: { content: 'hello' } }] } });
    });
    const other = await callWith(second, 'POST', '/v1/images/generations', { prompt: 'a' }, key);
    expect(other.status).toBe(403);
    await soon(async () =>
      expect((await callWith(second, 'GET', '/admin/keys', undefined, keyOf('owner').key)).status).toBe(200),
    );
    expect((await callWith(second, 'GET', '/admin/model-aliases')).body.aliases).toEqual(aliases);

    const again = await importInto('', { document, passphrase });
    expect(again.body.counts).toMatchObject({ added: 0, changed: 0, unchanged: 8 });
    const back = await callWith(second, 'POST', '/admin/export', {});
    const { accounts, settings, aliases: exportedAliases } = plain.body;
    const withoutSource = (list: readonly object[]) => list.map((entry) => ({ ...entry, source: '' }));
    expect(withoutSource(back.body.accounts)).toEqual(withoutSource(accounts));
    expect(back.body).toMatchObject({ settings, aliases: exportedAliases, webhook: { has_secret: true } });

    const audit = await callWith(second, 'GET', '/admin/audit');
    expect(JSON.stringify(audit.body)).not.toContain(passphrase);
    expect(audit.body.data.map(({ act }: { act: string }) => act)).toContain('backup.import');
  });
});

describe.each(['start', 'dev'] as const)('an import in mode %s', { timeout: 180_000 }, (mode) => {
  it('of another project brings its accounts, keys and settings', async () => {
    const gateway = await open({ mode, accounts: [] });
    gateway.simulator.control.accounts.add({ email: 'one@example.com', password: 'correct horse' });
    const document =
      'API_KEY=sk-moved-admin-0123456789,sk-moved-user-0123456789\nACCOUNTS=one@example.com:correct horse\nDATA_SAVE_MODE=file\nLOG_LEVEL=DEBUG\n';
    for (const secret of ['sk-moved-admin-0123456789', 'sk-moved-user-0123456789']) gateway.secret(secret);
    const done = await callWith(gateway, 'POST', '/admin/import', { document });
    expect(done.body).toMatchObject({ format: 'environment', counts: { added: 4, skipped: 1, failed: 0 } });
    await soon(async () => {
      const chat = await callWith(
        gateway,
        'POST',
        '/v1/chat/completions',
        ask('repeat: moved'),
        'sk-moved-admin-0123456789',
      );
      expect(chat).toMatchObject({ status: 200, body: { choices: [{ message: { content: 'moved' } }] } });
    });
    const asUser = await callWith(gateway, 'POST', '/admin/export', {}, 'sk-moved-admin-0123456789');
    expect(asUser.status).toBe(403);
    const promoted = await callWith(gateway, 'POST', '/admin/import', { document, admins: true });
    expect(promoted.body.counts).toMatchObject({ added: 0, changed: 1, unchanged: 3 });
  });
});
