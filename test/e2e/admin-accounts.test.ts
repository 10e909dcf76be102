import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const password = 'correct horse';
const userKey = 'sk-test-user-key-0123456789';

interface ListedAccount {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  readonly state: string;
}

describe.each(['start', 'dev'] as const)('the admin API in mode %s', { timeout: 120_000 }, (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { API_KEYS: userKey } });
  }, 120_000);
  afterAll(() => gateway.close());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await gateway.request(method, path, body);
    return { status: response.status, body: await parsed(response) };
  };
  const accounts = async (): Promise<readonly ListedAccount[]> => (await call('GET', '/admin/accounts')).body.data;

  /** An account of the simulator, added by its password. */
  const added = async (email: string): Promise<string> => {
    gateway.simulator.control.accounts.add({ email, password });
    return (await call('POST', '/admin/accounts', { email, password })).body.id;
  };

  it('is for admins only', async () => {
    for (const path of ['/admin/accounts', '/admin/audit', '/admin/imports/import-1']) {
      const response = await gateway.request('GET', path, undefined, {});
      expect(response.status).toBe(401);
      const asUser = await gateway.request('GET', path, undefined, { authorization: `Bearer ${userKey}` });
      expect(asUser.status).toBe(403);
    }
  });

  it('adds by password, token and Cookie header what the site accepts, and masks it', async () => {
    gateway.simulator.control.accounts.add({ email: 'new@example.com', password });
    const first = await call('POST', '/admin/accounts', { email: 'new@example.com', password, label: 'mine' });
    expect([first.status, first.body.outcome, first.body.label]).toEqual([201, 'added', 'mine']);
    const { token } = gateway.simulator.control.accounts.add({ email: 'token@example.com', password });
    expect((await call('POST', '/admin/accounts', { token })).status).toBe(201);
    expect((await call('POST', '/admin/accounts', { token })).body.outcome).toBe('unchanged');
    const cookie = `acw_tc=1; token=${gateway.simulator.control.accounts.add({ email: 'jar@example.com', password }).token}`;
    expect((await call('POST', '/admin/accounts', { cookie })).status).toBe(201);
    const listed = JSON.stringify((await call('GET', '/admin/accounts')).body);
    expect(listed).toContain('********');
    for (const secret of [password, token, cookie]) expect(listed).not.toContain(secret);
  });

  it('stores nothing that is wrong, or that the site does not accept', async () => {
    const before = (await accounts()).length;
    const wrong = await call('POST', '/admin/accounts', { email: 'new2@example.com', password: 'wrong' });
    expect([wrong.status, wrong.body.error.code]).toEqual([403, 'account_unusable']);
    const empty = await call('POST', '/admin/accounts', { label: 'x' });
    expect([empty.status, empty.body.error.param]).toEqual([400, 'token']);
    expect((await call('POST', '/admin/accounts', [])).body.error.code).toBe('invalid_json');
    expect((await call('POST', '/admin/accounts', { token: 7 })).body.error.param).toBe('token');
    expect(await accounts()).toHaveLength(before);
  });

  it('tests, refreshes, disables, enables and drains', async () => {
    const id = await added('acts@example.com');
    for (const [act, status, state] of [
      ['test', 200, 'ok'],
      ['refresh', 200, 'ok'],
      ['disable', 200, 'disabled'],
      ['drain', 409, undefined],
      ['enable', 200, 'ok'],
      ['enable', 200, 'ok'],
      ['drain', 200, 'draining'],
      ['enable', 200, 'ok'],
      ['explode', 404, undefined],
    ] as const) {
      const answer = await call('POST', `/admin/accounts/${id}/${act}`);
      expect([act, answer.status, answer.body.state]).toEqual([act, status, state]);
    }
    const all = await call('POST', '/admin/accounts/refresh');
    expect(all.body.data).toContainEqual({ id, label: 'a***@example.com', outcome: 'renewed' });
  });

  it('lets the owner clear a challenge by a fresh token, and the account serves again', async () => {
    const id = await added('challenged@example.com');
    for (const { id: other } of await accounts()) {
      if (other !== id) await call('POST', `/admin/accounts/${other}/disable`);
    }
    gateway.simulator.control.fault({ fault: 'aliyun-waf', account: 'challenged@example.com', times: 2 });
    await gateway.request('POST', '/v1/chat/completions', ask('repeat: x'));
    expect((await call('GET', `/admin/accounts/${id}`)).body.state).toBe('challenge');
    gateway.simulator.control.heal();
    const token = gateway.simulator.control.accounts.token('challenged@example.com');
    const relogin = await call('POST', `/admin/accounts/${id}/relogin`, { token });
    expect([relogin.status, relogin.body.state]).toEqual([200, 'ok']);
    for (const { id: other } of await accounts()) await call('POST', `/admin/accounts/${other}/enable`);
    // Functions look at the pool every two seconds.
    await vi.waitFor(
      async () => {
        const answer = await call('POST', '/v1/chat/completions', ask('repeat: back'));
        expect(answer.body.choices?.[0].message.content).toBe('back');
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('deletes an account with its secrets', async () => {
    const id = await added('leaving@example.com');
    expect((await call('DELETE', `/admin/accounts/${id}`)).body).toMatchObject({ id, deleted: true, notice: null });
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/disable'],
    ] as const) {
      const answer = await call(method, `/admin/accounts/${id}${path}`);
      expect([answer.status, answer.body.error.code]).toEqual([404, 'account_not_found']);
    }
    const [fromEnvironment] = (await accounts()).filter(({ source }) => source === 'environment');
    const again = await call('DELETE', `/admin/accounts/${fromEnvironment?.id}`);
    expect(again.body.notice).toContain('.env');
  });

  it('has written each act into a log that is whole', async () => {
    const { data } = (await call('GET', '/admin/audit?limit=1000')).body;
    const acts = new Set(data.map(({ act, outcome }: { act: string; outcome: string }) => `${act} ${outcome}`));
    for (const act of ['account.add done', 'account.add failed', 'account.remove done', 'account.drain failed']) {
      expect(acts).toContain(act);
    }
    expect(JSON.stringify(data)).not.toContain(password);
    expect((await call('GET', '/admin/audit/verify')).body).toMatchObject({ valid: true, problems: [] });
    const page = (await call('GET', `/admin/audit?limit=2&before=${data[1].sequence}`)).body;
    expect(page.data).toEqual(data.slice(2, 4));
    expect((await call('GET', '/admin/audit?limit=0')).status).toBe(400);
  });

  it('leaves no secret in the log of functions', () => {
    expect(gateway.lines.join('\n')).not.toContain(password);
  });
});
