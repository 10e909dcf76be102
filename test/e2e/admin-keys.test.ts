import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, type TestGateway } from '../support/gateway.ts';
import { callWith, type MadeKey, makeKeys, soon } from '../support/made-keys.ts';

const environmentKey = 'sk-test-user-key-0123456789';
const names = ['narrow', 'passing', 'other'] as const;

describe.each(['start', 'dev'] as const)('keys of the admin API in mode %s', { timeout: 120_000 }, (mode) => {
  let gateway: TestGateway;
  let keyOf: (name: (typeof names)[number]) => MadeKey;
  const call = (method: string, path: string, body?: unknown, key?: string) =>
    callWith(gateway, method, path, body, key);

  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { API_KEYS: environmentKey } });
    const narrow = { models: ['qwen3.7-plus', 'o3'], routes: ['chat'] };
    keyOf = await makeKeys(gateway, { narrow, passing: {}, other: {} });
  });
  afterAll(() => gateway.close());

  it('are shown once, and listed page by page without themselves', async () => {
    expect(keyOf('narrow')).toMatchObject({
      object: 'key',
      id: expect.stringMatching(/^key-/),
      key: expect.stringMatching(/^sk-/),
      name: 'narrow',
      role: 'user',
      source: 'admin',
      state: 'ok',
      expires_at: null,
      models: ['qwen3.7-plus', 'o3'],
      routes: ['chat'],
      conversations: null,
    });
    const ids: string[] = [];
    for (let after = '', more = true; more; after = ids.at(-1) ?? '') {
      const { body } = await call('GET', `/admin/keys?limit=2&after=${after}`);
      ids.push(...body.data.map(({ id }: { id: string }) => id));
      more = body.has_more;
      expect(body.last_id).toBe(ids.at(-1));
      for (const name of names) expect(JSON.stringify(body)).not.toContain(keyOf(name).key);
    }
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toContain(keyOf('narrow').id);
    expect((await call('GET', `/admin/keys/${keyOf('narrow').id}`)).body).not.toHaveProperty('key');
    expect((await call('GET', '/admin/keys?limit=0')).body.error.param).toBe('limit');
  });

  // In one process, a change counts at once; of several, another one may take the next request.
  const seenHere = (check: () => Promise<void>) => (mode === 'start' ? check() : soon(check));

  it('can be changed and removed, at once where that is done and soon elsewhere', async () => {
    const { id, key } = keyOf('passing');
    const promoted = await call('POST', `/admin/keys/${id}`, { role: 'admin', models: ['qwen3.7-plus'] });
    expect(promoted).toMatchObject({ status: 200, body: { name: 'passing', role: 'admin', models: ['qwen3.7-plus'] } });
    await seenHere(async () => expect((await call('GET', '/admin/keys', undefined, key)).status).toBe(200));
    expect((await call('POST', `/admin/keys/${id}`, { role: 'user', models: [] })).body).toMatchObject({ models: [] });
    await seenHere(async () => expect((await call('GET', '/admin/keys', undefined, key)).status).toBe(403));
    expect((await call('POST', '/v1/chat/completions', ask('repeat: hi'), key)).status).toBe(200);
    expect((await call('DELETE', `/admin/keys/${id}`)).body).toEqual({ object: 'key.deleted', id, deleted: true });
    await seenHere(async () => expect((await call('GET', '/admin/keys', undefined, key)).status).toBe(401));
    await soon(async () =>
      expect((await call('POST', '/v1/chat/completions', ask('repeat: hi'), key)).status).toBe(401),
    );
    expect((await call('DELETE', `/admin/keys/${id}`)).body.error.code).toBe('key_not_found');
  });

  it('of the environment can be looked at only', async () => {
    const { body } = await call('GET', '/admin/keys');
    const own = body.data.filter(({ source }: { source: string }) => source === 'environment');
    expect(own).toHaveLength(2);
    for (const { id } of own) {
      expect(await call('DELETE', `/admin/keys/${id}`)).toMatchObject({
        status: 409,
        body: { error: { code: 'key_from_environment' } },
      });
      expect((await call('POST', `/admin/keys/${id}`, { name: 'x' })).status).toBe(409);
    }
  });

  it('are for admins, and leave a trace without secrets in the audit log', async () => {
    for (const key of [environmentKey, keyOf('narrow').key]) {
      expect((await call('GET', '/admin/keys', undefined, key)).status).toBe(403);
      expect((await call('POST', '/admin/keys', { name: 'mine', role: 'admin' }, key)).status).toBe(403);
    }
    expect((await call('POST', '/admin/keys', { name: 'a', model: ['x'] })).body.error.param).toBe('model');
    const { body } = await call('GET', '/admin/audit');
    const done = body.data.filter(({ outcome }: { outcome: string }) => outcome === 'done');
    const acts = new Set(done.map(({ act }: { act: string }) => act));
    expect(acts).toEqual(new Set(['key.add', 'key.change', 'key.remove']));
    for (const name of names) expect(JSON.stringify(body)).not.toContain(keyOf(name).key);
    expect((await call('GET', '/admin/audit/verify')).body).toMatchObject({ valid: true });
  });
});
