import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, type TestGateway } from '../support/gateway.ts';
import { callWith, soon } from '../support/made-keys.ts';

interface Shown {
  readonly name: string;
  readonly value: unknown;
  readonly source: string | null;
}

describe.each(['start', 'dev'] as const)('live settings in mode %s', { timeout: 120_000 }, (mode) => {
  let gateway: TestGateway;
  const call = (method: string, path: string, body?: unknown) => callWith(gateway, method, path, body);
  const set = (values: object, more: object = {}) => call('PATCH', '/admin/settings', { values, ...more });
  const shown = async (name: string): Promise<Shown> =>
    (await call('GET', '/admin/settings')).body.data.find((setting: Shown) => setting.name === name);
  const openStatus = async (path: string) => (await gateway.request('GET', path, undefined, {})).status;

  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { CHAT_TITLE: 'of the environment', SETTINGS_CACHE_SECONDS: '0' } });
  });
  afterAll(() => gateway.close());

  it('are shown with where they come from, and never a secret', async () => {
    const { body } = await call('GET', '/admin/settings');
    expect(body).toMatchObject({ object: 'settings', version: 0 });
    expect(body.data.length).toBeGreaterThan(50);
    expect(await shown('CHAT_TITLE')).toMatchObject({ value: 'of the environment', source: 'environment', live: true });
    expect(await shown('OPEN_MODE')).toMatchObject({
      value: false,
      default: false,
      source: 'default',
      type: 'boolean',
    });
    expect(await shown('MESSAGE_BYTES')).toMatchObject({ value: 110_000, minimum: 20_000, group: 'upstream' });
    expect(await shown('API_KEY')).toMatchObject({
      value: null,
      secret: true,
      live: false,
      why_not: expect.any(String),
    });
    expect(JSON.stringify(body)).not.toContain(gateway.adminKey);
  });

  it('count in every function with the next request, and give way to the environment again', async () => {
    expect(await openStatus('/models')).toBe(401);
    const set1 = await set({
      PUBLIC_MODELS: true,
      DEFAULT_MODEL: 'qwen3.7-max',
      SIMPLE_MODEL_MAP: 'TRUE',
      CHAT_TITLE: 'x',
    });
    expect(set1).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await shown('SIMPLE_MODEL_MAP')).toMatchObject({ value: true, source: 'live' });
    expect(await openStatus('/models')).toBe(200);
    expect((await call('GET', '/api/info')).body.default_model).toBe('qwen3.7-max');
    const models = (await call('GET', '/v1/models')).body.data.map(({ id }: { id: string }) => id);
    expect(models.filter((id: string) => id.endsWith('-thinking'))).toEqual([]);
    expect((await call('POST', '/v1/chat/completions', ask('repeat: hi'))).status).toBe(200);

    expect((await set({ PUBLIC_MODELS: null, SIMPLE_MODEL_MAP: null, CHAT_TITLE: null })).body.version).toBe(2);
    expect(await openStatus('/models')).toBe(401);
    expect(await shown('CHAT_TITLE')).toMatchObject({ value: 'of the environment', source: 'environment' });
    expect((await call('GET', '/v1/models')).body.data.length).toBeGreaterThan(models.length);
  });

  it('reach chats and the workers, too', async () => {
    await set({ CONVERSATIONS: 'never-fold', OUTPUT_THINK: false });
    const again = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'never said' },
      { role: 'user', content: 'b' },
    ];
    const chat = () => call('POST', '/v1/chat/completions', { model: 'qwen3.7-plus', messages: again });
    expect((await chat()).body.error.code).toBe('conversation_unknown');
    const background = async () => {
      const input = [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'no' },
        { role: 'user', content: 'b' },
      ];
      const { id } = (await call('POST', '/v1/responses', { model: 'qwen3.7-plus', input, background: true })).body;
      let status = '';
      await soon(async () => {
        ({ status } = (await call('GET', `/v1/responses/${id}`)).body);
        expect(['completed', 'failed']).toContain(status);
      });
      return status;
    };
    expect(await background()).toBe('failed');
    await set({ CONVERSATIONS: null, OUTPUT_THINK: null });
    expect((await chat()).status).toBe(200);
    expect(await background()).toBe('completed');
  });

  it('are refused by name, all at once, and nothing of them counts', async () => {
    const { version } = (await call('GET', '/admin/settings')).body;
    const refused = await set({ OPEN_MODE: 'perhaps', IDLE_EVENT_SECONDS: 99, CHAT_TITLE: 'good' });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({ code: 'invalid_request', param: 'OPEN_MODE' });
    for (const name of ['OPEN_MODE', 'IDLE_EVENT_SECONDS']) expect(refused.body.error.message).toContain(name);
    for (const values of [{ NO_SUCH: 1 }, { API_KEY: 'sk-not-to-be-written-down' }, { PORT: 1 }, { CHAT_TITLE: {} }]) {
      const [name] = Object.keys(values);
      expect(await set(values)).toMatchObject({ status: 400, body: { error: { param: name } } });
    }
    expect(await call('PATCH', '/admin/settings', { value: {} })).toMatchObject({
      status: 400,
      body: { error: { param: 'value' } },
    });
    expect((await call('GET', '/admin/settings')).body.version).toBe(version);
    expect(JSON.stringify((await call('GET', '/admin/audit')).body)).not.toContain('sk-not-to-be');
  });

  it('have a history, an undo, and one owner at a time', async () => {
    const { version } = (await set({ CHAT_TITLE: 'first' })).body;
    expect((await set({ CHAT_TITLE: 'second' }, { version: version - 1 })).body.error.code).toBe('settings_changed');
    await set({ CHAT_TITLE: 'second' }, { version });
    const { body: history } = await call('GET', '/admin/settings/history?limit=2');
    expect(history).toMatchObject({
      object: 'list',
      has_more: true,
      first_id: String(version + 1),
      last_id: String(version),
    });
    expect(history.data[0]).toMatchObject({
      object: 'settings.change',
      version: version + 1,
      by: expect.stringMatching(/^key-/),
      changes: [{ name: 'CHAT_TITLE', from: 'first', to: 'second' }],
    });
    const older = (await call('GET', `/admin/settings/history?after=${version}`)).body;
    expect(older.data[0].version).toBe(version - 1);

    const undo = (undone: number) => call('POST', '/admin/settings/undo', { version: undone });
    expect((await undo(version)).body.error).toMatchObject({ code: 'settings_changed', param: 'CHAT_TITLE' });
    expect((await undo(version + 1)).status).toBe(200);
    expect(await shown('CHAT_TITLE')).toMatchObject({ value: 'first', source: 'live' });
    expect((await undo(999)).status).toBe(404);
    const { data } = (await call('GET', '/admin/audit')).body;
    expect(data.slice(0, 4)).toMatchObject([
      { act: 'settings.undo', outcome: 'failed', details: 'change_not_found' },
      { act: 'settings.undo', outcome: 'begun' },
      { act: 'settings.undo', outcome: 'done', target: String(version + 2) },
      { act: 'settings.undo', outcome: 'begun' },
    ]);
  });
});

describe('live settings of a gateway as it is by default', { timeout: 120_000 }, () => {
  it('count within ten seconds', async () => {
    const gateway = await openGateway({ mode: 'start' });
    const models = async () => (await gateway.request('GET', '/models', undefined, {})).status;
    expect(await models()).toBe(401);
    await callWith(gateway, 'PATCH', '/admin/settings', { values: { PUBLIC_MODELS: true } });
    await soon(async () => expect(await models()).toBe(200));
    await gateway.close();
  });
});
