import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { callWith, soon } from '../support/made-keys.ts';

describe.each(['start', 'dev'] as const)('sessions in mode %s', { timeout: 120_000 }, (mode) => {
  let gateway: TestGateway;
  const call = (method: string, path: string, body?: unknown, key?: string) =>
    callWith(gateway, method, path, body, key);
  const signIn = async (key?: string): Promise<string> => {
    let token = '';
    // A key that was only just made is known to each process within a second.
    await soon(async () => {
      const { status, body } = await call('POST', '/admin/session', undefined, key);
      expect(status).toBe(201);
      ({ token } = body);
    });
    return token;
  };
  const code = async (path: string, key: string) => (await call('GET', path, undefined, key)).body.error?.code;

  beforeAll(async () => {
    gateway = await openGateway({ mode });
  });
  afterAll(() => gateway.close());

  it('work like their key as soon as they are begun, in every function', async () => {
    const { status, body } = await call('POST', '/admin/session');
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { object: 'session', token: expect.stringMatching(/^qgs-[\w-]{43}$/), key: { role: 'admin' } },
    });
    expect(Date.parse(body.expires_at) - Date.now()).toBeGreaterThan(59 * 60_000);
    const paths = ['/admin/accounts', '/admin/keys', '/api/status', '/v1/models', '/v1/files', '/admin/session'];
    const answers = await Promise.all(paths.map((path) => call('GET', path, undefined, body.token)));
    expect(answers.map((answer) => answer.status)).toEqual(paths.map(() => 200));
    expect(answers.at(-1)?.body).toEqual({
      object: 'session',
      expires_at: body.expires_at,
      renewable_until: body.renewable_until,
      key: body.key,
    });
    expect((await call('POST', '/v1/chat/completions', ask('repeat: hi'), body.token)).status).toBe(200);
    const keys = (await call('GET', '/admin/keys')).body.data;
    expect(keys).toHaveLength(1);
    expect(body.key).toEqual({ id: keys[0].id, name: keys[0].name, role: 'admin' });
    expect((await call('GET', '/admin/session')).body).toMatchObject({ expires_at: null, key: body.key });
  });

  it('see what their key has made, being that key', async () => {
    const token = await signIn();
    const { body } = await call('POST', '/v1/responses', { model: 'qwen3.7-plus', input: 'repeat: mine' }, token);
    expect((await call('GET', `/v1/responses/${body.id}`)).body.id).toBe(body.id);
  });

  it('follow one another, and end together', async () => {
    const first = await signIn();
    const second = await signIn(first);
    expect(second).not.toBe(first);
    expect((await call('GET', '/admin/session', undefined, first)).status).toBe(200);
    expect((await call('DELETE', '/admin/session', undefined, second)).body).toMatchObject({ deleted: true });
    await soon(async () => {
      expect(await Promise.all([first, second].map((token) => code('/admin/keys', token)))).toEqual([
        'session_expired',
        'session_expired',
      ]);
    });
    expect((await call('DELETE', '/admin/session')).body.error.code).toBe('no_session');
    expect((await call('POST', '/admin/session', { key: 'x' })).body.error).toMatchObject({ param: 'key' });
  });

  it('are begun by admin keys only, and never shown in a URL', async () => {
    const { body } = await call('POST', '/admin/keys', { name: 'somebody' });
    await soon(async () => expect((await call('POST', '/admin/session', undefined, body.key)).status).toBe(403));
    expect((await call('POST', '/admin/session', undefined, 'sk-wrong')).body.error.code).toBe('invalid_api_key');
    expect(await code('/api/status', 'qgs-wrong')).toBe('session_expired');
    const token = await signIn();
    const inUrl = await gateway.request('GET', `/v1beta/models?key=${token}`, undefined, {});
    expect(inUrl.status).toBe(401);
    expect(JSON.stringify(await parsed(inUrl))).toContain('in a header');
  });

  it('die with their key, and when it is an admin key no more', async () => {
    const made = await Promise.all(
      ['gone', 'demoted'].map(async (name) => (await call('POST', '/admin/keys', { name, role: 'admin' })).body),
    );
    const tokens = await Promise.all(made.map(({ key }) => signIn(key)));
    await call('DELETE', `/admin/keys/${made[0].id}`);
    await call('POST', `/admin/keys/${made[1].id}`, { role: 'user' });
    await soon(async () => {
      for (const token of tokens) expect(await code('/admin/accounts', token)).toBe('session_expired');
    });
  });

  it('are in the audit log, without their token', async () => {
    const token = await signIn();
    const { data } = (await call('GET', '/admin/audit')).body;
    expect(data[0]).toMatchObject({ act: 'session.begin', outcome: 'done' });
    expect(JSON.stringify(data)).not.toContain(token);
  });

  it('leave everybody else what they may know: GET /api/info', async () => {
    const response = await gateway.request('GET', '/api/info', undefined, {});
    expect(response.status).toBe(200);
    expect(await parsed(response)).toMatchObject({
      object: 'info',
      name: 'qwen-gateway',
      state: 'ok',
      open_mode: false,
      default_model: 'qwen3.7-plus',
      upstream: { label: null, simulated: false },
      routes: expect.arrayContaining([expect.objectContaining({ name: 'openai-chat', base_path: '/v1' })]),
    });
  });
});
