import { describe, expect, it } from 'vitest';
import type { RefreshGrant } from '../../../shared/chat/upstream.ts';
import { readBaseUrl } from '../../../shared/upstreams/qwen-web/base-url.ts';
import { type Answer, fakeSite, json, page } from './fake-site.ts';
import { fixtureText } from './fixtures.ts';

const never = new AbortController().signal;
const newer = 'GET /api/v2/auths/refresh';
const older = 'GET /api/v1/auths/';
const refreshed = json(fixtureText('auth/refresh.json'));
const grant: RefreshGrant = { refreshToken: 'TEST_REFRESH_TOKEN', token: 'TEST_SESSION_JWT' };

async function refresh(answers: Readonly<Record<string, Answer>>, given = grant) {
  const site = await fakeSite(answers);
  return { site, session: await site.upstream.refresh(given, never) };
}

describe('a refresh', () => {
  it('gives the access token and the next refresh token', async () => {
    const { session } = await refresh({ [newer]: refreshed });
    expect(session).toEqual({
      token: 'TEST_ACCESS_JWT_2',
      kind: 'access',
      expiresAt: 1_795_001_800_000,
      refreshToken: 'TEST_REFRESH_TOKEN_2',
    });
  });

  it('proves itself by cookies, as the site’s own pages do', async () => {
    const { site } = await refresh({ [newer]: refreshed });
    expect(site.calls[0]?.headers).toMatchObject({
      cookie: 'refresh_token=TEST_REFRESH_TOKEN; token=TEST_SESSION_JWT',
      origin: 'https://chat.qwen.ai',
      'x-request-origin': 'https://chat.qwen.ai',
      source: 'web',
    });
    expect(site.calls[0]?.headers).not.toHaveProperty('authorization');
  });

  it('sends the pasted header with the newest refresh token in it', async () => {
    const cookie = 'cna=1; refresh_token=OLD; token=IN_JAR';
    const { site } = await refresh({ [newer]: refreshed }, { ...grant, cookie });
    expect(site.calls[0]?.headers.cookie).toBe('cna=1; refresh_token=TEST_REFRESH_TOKEN; token=IN_JAR');
  });

  it('takes the next refresh token from a cookie, and hands all cookies on', async () => {
    const setCookies = ['refresh_token=NEXT; Path=/; HttpOnly', 'acw_tc=1'];
    const body = { success: true, data: { access_token: 'A' } };
    const { session } = await refresh({ [newer]: json(body, 200, { 'set-cookie': setCookies }) });
    expect(session).toEqual({ token: 'A', kind: 'access', refreshToken: 'NEXT', setCookies });
  });

  it.each([
    ['refused', json(fixtureText('auth/refresh-failed.json')), 'AccountUnauthorizedError'],
    ['refused by its status', json('{}', 401), 'AccountUnauthorizedError'],
    ['forbidden', json({ success: false, data: { code: 'forbidden' } }), 'AccountUnauthorizedError'],
    ['without a token', json({ success: true, data: {} }), 'AccountUnauthorizedError'],
    ['challenged', page(fixtureText('waf/x5-punish.html')), 'ChallengeError'],
    ['limited', json(fixtureText('errors/http-429.json'), 429), 'RateLimitedError'],
    ['met by an outage', json('{}', 500), 'UpstreamUnavailableError'],
  ])('that is %s says so, and is sent once', async (_name, answer, name) => {
    const site = await fakeSite({ [newer]: answer, [older]: json(fixtureText('auth/signin-v1.json')) });
    const error: unknown = await site.upstream.refresh(grant, never).catch((e: unknown) => e);
    expect(error).toMatchObject({ name });
    expect(String(error)).not.toMatch(/TEST_/);
    expect(site.calls).toHaveLength(1);
  });

  it('knows when nothing was sent', async () => {
    const site = await fakeSite({ [newer]: (response) => response.socket?.destroy() });
    const broken: unknown = await site.upstream.refresh(grant, never).catch((e: unknown) => e);
    expect(broken).toMatchObject({ name: 'UpstreamUnavailableError' });
    const nobody = await fakeSite({}, 600, { proxyUrl: 'http://127.0.0.1:1' });
    const unreached: unknown = await nobody.upstream.refresh(grant, never).catch((e: unknown) => e);
    expect(unreached).toMatchObject({ name: 'UpstreamUnreachableError', code: 'upstream_unavailable' });
  });
});

describe('where the address is gone', () => {
  const olderAnswer = json(fixtureText('auth/signin-v1.json'));

  it.each([
    ['404', json('{}', 404), 'TEST_REFRESH_TOKEN'],
    ['405', json('{}', 405), 'TEST_REFRESH_TOKEN'],
    // Behind a gateway that gave up, the site may have used it.
    ['504', page(fixtureText('errors/gateway-504.html'), 504), undefined],
    ['a page', page('<html>gone</html>'), undefined],
  ])('with %s, the older one gives a session token', async (_name, answer, refreshToken) => {
    const { site, session } = await refresh({ [newer]: answer, [older]: olderAnswer });
    expect(session.token).toBe('TEST_SESSION_JWT');
    expect(session.refreshToken).toBe(refreshToken);
    expect(site.calls[1]?.headers).toMatchObject({
      authorization: 'Bearer TEST_SESSION_JWT',
      cookie: 'token=TEST_SESSION_JWT',
    });
  });

  it('and there is no token, it says so', async () => {
    const failed = refresh({ [newer]: json('{}', 404), [older]: olderAnswer }, { refreshToken: 'R' });
    await expect(failed).rejects.toMatchObject({ name: 'UpstreamRejectedError' });
  });
});

describe('the host that knows tokens', () => {
  it('is the site’s own, and for stand-ins the same as for all', () => {
    expect(readBaseUrl('https://chat.qwen.ai').authOrigin).toBe('https://auth.qwen.ai');
    expect(readBaseUrl('https://mirror.example/qwen/').authOrigin).toBe('https://mirror.example');
    expect(readBaseUrl('http://127.0.0.1:1234').authOrigin).toBe('http://127.0.0.1:1234');
  });
});

describe('a check', () => {
  const who = 'GET /api/v2/auths/';
  const settings = 'GET /api/v2/users/user/settings';
  const credentials = { token: 'T', cookie: 'token=T; cna=1' };

  async function check(answers: Readonly<Record<string, Answer>>) {
    const site = await fakeSite(answers);
    await site.upstream.check(credentials, never);
    return site.calls;
  }

  it('asks whose token it is', async () => {
    const calls = await check({ [who]: json(fixtureText('auth/auths-v2-user.json')) });
    expect(calls[0]?.headers).toMatchObject({ authorization: 'Bearer T', cookie: 'token=T; cna=1' });
  });

  it('asks for the settings where that address is gone', async () => {
    expect(await check({ [settings]: json(fixtureText('auth/settings.json')) })).toHaveLength(2);
  });

  it.each([
    ['a guest', { [who]: json({ success: true, data: {} }) }, 'AccountUnauthorizedError'],
    ['a refusal', { [who]: json(fixtureText('errors/unauthorized-200.json')) }, 'AccountUnauthorizedError'],
    ['a verification', { [who]: page(fixtureText('waf/x5-punish.html')) }, 'ChallengeError'],
    [
      'a refusal at the older address',
      { [settings]: json(fixtureText('errors/unauthorized-200.json')) },
      'AccountUnauthorizedError',
    ],
  ])('tells of %s', async (_name, answers, name) => {
    await expect(check(answers)).rejects.toMatchObject({ name });
  });
});
