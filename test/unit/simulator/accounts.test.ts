import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { formOf, recordedForm } from './recorded.ts';
import { SimulatorClient, sha256 } from './simulator-client.ts';

let simulator: Simulator;
let client: SimulatorClient;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.control.reset();
  client = new SimulatorClient(simulator);
});

const owner = { email: 'owner@example.com', password: sha256('password') };
const settings = '/api/v2/users/user/settings';
const tokenSchema = z.object({ data: z.object({ token: z.string(), refresh_token: z.string().optional() }) });

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

function cookieOf(headers: Headers, name: string): string {
  const cookie = headers.getSetCookie().find((line) => line.startsWith(`${name}=`));
  return cookie?.split(';')[0]?.slice(name.length + 1) ?? 'none';
}

describe('sign-in', () => {
  it('v2 answers in the recorded form, with a token good for 30 days, and sets the cookies', async () => {
    const answer = await client.call('POST', '/api/v2/auths/signin', owner);
    expect(formOf(answer.json)).toEqual(recordedForm('auth/signin-v2.json'));
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
      'token',
      'refresh_token',
      'acw_tc',
      'x-ap',
    ]);
    const { token } = tokenSchema.parse(answer.json).data;
    const { exp } = z.object({ exp: z.number() }).parse(claimsOf(token));
    expect(Math.round((exp - Date.now() / 1000) / 86_400)).toBe(30);
    expect((await client.call('GET', settings, undefined, { authorization: `Bearer ${token}` })).json).toMatchObject({
      success: true,
    });
  });

  it('v1 answers flat', async () => {
    const answer = await client.call('POST', '/api/v1/auths/signin', owner);
    expect(formOf(answer.json)).toEqual(recordedForm('auth/signin-v1.json'));
  });

  it('gives an access token of 900 seconds to accounts of that kind', async () => {
    simulator.control.accounts.add({ email: 'a@example.com', password: 'secret', signInWith: 'access' });
    const body = { email: 'a@example.com', password: sha256('secret') };
    const answer = await client.call('POST', '/api/v2/auths/signin', body);
    expect(formOf(answer.json)).toEqual(recordedForm('auth/signin-v2-access-token.json'));
    const { data } = z
      .object({ data: z.object({ access_token: z.string(), expires_at: z.number() }) })
      .parse(answer.json);
    expect(claimsOf(data.access_token)).toMatchObject({ type: 'access_token', exp: data.expires_at });
    expect(Math.round((data.expires_at - Date.now() / 1000) / 10)).toBe(90);
  });

  it.each([
    ['a wrong password', { ...owner, password: sha256('wrong') }],
    ['an unknown account', { ...owner, email: 'nobody@example.com' }],
  ])('refuses %s', async (_, body) => {
    const answer = await client.call('POST', '/api/v2/auths/signin', body);
    expect(formOf(answer.json)).toEqual(recordedForm('auth/signin-bad-password.json'));
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(simulator.control.violations()).toEqual([]);
  });

  it('refuses a plain password, and remembers the violation', async () => {
    const answer = await client.call('POST', '/api/v2/auths/signin', { ...owner, password: 'password' });
    expect(answer.json).toMatchObject({ success: false });
    expect(simulator.control.violations()).toMatchObject([{ kind: 'plain-password', account: owner.email }]);
  });
});

describe('token', () => {
  it('is taken as bearer or as cookie, and one good one is enough', async () => {
    const bearer = { authorization: `Bearer ${client.token}` };
    const cookie = { authorization: '', cookie: `x=1; token=${client.token}; y=2` };
    for (const headers of [bearer, cookie, { ...cookie, authorization: 'Bearer garbage' }]) {
      expect((await client.call('GET', settings, undefined, headers)).json).toMatchObject({ success: true });
    }
  });

  it.each(['', 'Bearer garbage', 'Bearer a.b.c'])('is refused when it is %j', async (authorization) => {
    const answer = await client.call('GET', settings, undefined, { authorization });
    expect(answer.json).toMatchObject({ success: false, data: { code: 'Unauthorized' } });
  });

  it('can be expired, after which a new one works', async () => {
    expect(simulator.control.accounts.expire(owner.email)).toBe(true);
    expect((await client.call('GET', '/api/v2/chats/')).json).toMatchObject({ data: { code: 'Unauthorized' } });
    const fresh = new SimulatorClient(simulator);
    expect((await fresh.call('GET', '/api/v2/chats/')).json).toMatchObject({ success: true });
  });

  it('of a removed account is worth nothing', async () => {
    const { token } = simulator.control.accounts.add({ email: 'gone@example.com', password: 'x' });
    expect(simulator.control.accounts.remove('gone@example.com')).toBe(true);
    const answer = await client.call('GET', settings, undefined, { authorization: `Bearer ${token}` });
    expect(answer.json).toMatchObject({ data: { code: 'Unauthorized' } });
  });

  it('outlives a restart of the simulator', async () => {
    const second = await startSimulator();
    const answer = await fetch(`${second.url}${settings}`, { headers: { authorization: `Bearer ${client.token}` } });
    expect(await answer.json()).toMatchObject({ success: true });
    await second.close();
  });

  it('is described by the checks of both versions', async () => {
    const v1 = await client.call('GET', '/api/v1/auths/');
    expect(formOf(v1.json)).toMatchObject({ id: 'string', role: 'string', token: 'string', expires_at: 'number' });
    const v2 = await client.call('GET', '/api/v2/auths/');
    expect(formOf(v2.json)).toEqual(recordedForm('auth/auths-v2-user.json'));
    const guest = await client.call('GET', '/api/v2/auths/', undefined, { authorization: '' });
    expect(guest.json).toMatchObject({ success: true, data: {} });
    expect(formOf((await client.call('GET', settings)).json)).toEqual(recordedForm('auth/settings.json'));
  });
});

describe('refresh', () => {
  it('gives an access token and a new refresh token, each of which works once', async () => {
    const signIn = await client.call('POST', '/api/v2/auths/signin', owner);
    const first = cookieOf(signIn.headers, 'refresh_token');
    const cookies = { authorization: '', cookie: `refresh_token=${first}` };
    const refreshed = await client.call('GET', '/api/v2/auths/refresh', undefined, cookies);
    expect(formOf(refreshed.json)).toEqual(recordedForm('auth/refresh.json'));
    expect(cookieOf(refreshed.headers, 'refresh_token')).not.toBe(first);
    expect(simulator.control.violations()).toEqual([]);
    const again = await client.call('GET', '/api/v2/auths/refresh', undefined, cookies);
    expect(formOf(again.json)).toEqual(recordedForm('auth/refresh-failed.json'));
    expect(simulator.control.violations()).toMatchObject([{ kind: 'refresh-token-reused' }]);
  });

  it('is also there as a POST', async () => {
    const signIn = await client.call('POST', '/api/v2/auths/signin', owner);
    const body = { refresh_token: cookieOf(signIn.headers, 'refresh_token') };
    const { data } = tokenSchema.parse((await client.call('POST', '/api/v2/auths/refresh', body)).json);
    expect(claimsOf(data.token)).not.toHaveProperty('type');
    expect(data.refresh_token).not.toBe(body.refresh_token);
  });

  it('outlives expired tokens unless the refresh tokens are expired too', async () => {
    const refresh = async (refreshTokens: boolean) => {
      const signIn = await client.call('POST', '/api/v2/auths/signin', owner);
      simulator.control.accounts.expire(owner.email, { refreshTokens });
      const cookie = `refresh_token=${cookieOf(signIn.headers, 'refresh_token')}`;
      return (await client.call('GET', '/api/v2/auths/refresh', undefined, { authorization: '', cookie })).json;
    };
    expect(await refresh(false)).toMatchObject({ success: true });
    expect(await refresh(true)).toMatchObject({ success: false, data: { code: 'unauthorized' } });
  });
});
