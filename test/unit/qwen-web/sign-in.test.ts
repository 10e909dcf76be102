import { describe, expect, it } from 'vitest';
import { readTokenClaims } from '../../../shared/chat/token-claims.ts';
import { type Answer, fakeSite, json, page } from './fake-site.ts';
import { fixtureJson, fixtureText } from './fixtures.ts';

const never = new AbortController().signal;
const newer = 'POST /api/v2/auths/signin';
const older = 'POST /api/v1/auths/signin';
const cookies = fixtureText('auth/signin-set-cookie.txt').trim().split('\n');

async function signIn(answers: Readonly<Record<string, Answer>>) {
  const site = await fakeSite(answers);
  return { site, session: await site.upstream.signIn('user@example.com', 'password', never) };
}

/** A token with this payload; nobody can check its signature here. */
function token(payload: object): string {
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`;
}

describe('sign-in', () => {
  it('sends the hash of the password only', async () => {
    const { site, session } = await signIn({ [newer]: json(fixtureText('auth/signin-v2.json')) });
    expect(site.calls[0]?.body).toEqual(fixtureJson<object>('requests/signin.json'));
    expect(site.calls[0]?.headers).not.toHaveProperty('cookie');
    expect(session).toEqual({ token: 'TEST_SESSION_JWT', kind: 'session', expiresAt: 1_797_592_000_000 });
  });

  it.each([
    ['404', json('{}', 404)],
    ['405', json('{}', 405)],
    ['504', page(fixtureText('errors/gateway-504.html'), 504)],
    ['a page', page('<html>retired</html>')],
  ])('uses the older address after %s', async (_name, answer) => {
    const { session } = await signIn({ [newer]: answer, [older]: json(fixtureText('auth/signin-v1.json')) });
    expect(session).toEqual({ token: 'TEST_SESSION_JWT', kind: 'session', expiresAt: 1_797_592_000_000 });
  });

  it('takes an access token with its refresh token', async () => {
    const { session } = await signIn({ [newer]: json(fixtureText('auth/signin-v2-access-token.json')) });
    expect(session).toEqual({
      token: 'TEST_ACCESS_JWT',
      kind: 'access',
      expiresAt: 1_795_000_900_000,
      refreshToken: 'TEST_REFRESH_TOKEN',
    });
  });

  it('takes the tokens from cookies', async () => {
    const { session } = await signIn({ [newer]: json({ success: true }, 200, { 'set-cookie': cookies }) });
    expect(session).toEqual({
      token: 'TEST_SESSION_JWT',
      kind: 'session',
      refreshToken: 'TEST_REFRESH_TOKEN',
      setCookies: cookies,
    });
  });

  it("believes the token's own end first", async () => {
    const jwt = token({ exp: 1_795_000_900 });
    const { session } = await signIn({ [newer]: json({ data: { token: jwt, expires_at: 7 } }) });
    expect(session.expiresAt).toBe(1_795_000_900_000);
  });

  it.each([
    ['a bad password', json(fixtureText('auth/signin-bad-password.json')), 'AccountUnusableError'],
    ['a bad password with its status', json('{"detail":"wrong"}', 400), 'AccountUnusableError'],
    ['status 401', json('{}', 401), 'AccountUnusableError'],
    ['an answer without a token', json({ success: true, data: {} }), 'AccountUnusableError'],
    [
      'an account that waits for its activation',
      json(fixtureText('errors/account-pending.json')),
      'AccountUnusableError',
    ],
    ['a verification', page(fixtureText('waf/x5-punish.html')), 'ChallengeError'],
    ['a limit', json(fixtureText('errors/http-429.json'), 429), 'RateLimitedError'],
    ['an outage', json('{}', 500), 'UpstreamUnavailableError'],
  ])('tells of %s', async (_name, answer, name) => {
    const site = await fakeSite({ [newer]: answer });
    const error: unknown = await site.upstream.signIn('user@example.com', 'hunter2', never).catch((e: unknown) => e);
    expect(error).toMatchObject({ name });
    expect(String(error)).not.toMatch(/hunter2|user@example/);
    expect(site.calls).toHaveLength(1);
  });

  it('does not blame the password when neither address exists', async () => {
    await expect(signIn({})).rejects.toMatchObject({ name: 'UpstreamRejectedError' });
  });
});

describe('readTokenClaims', () => {
  it('tells the two kinds of token apart', () => {
    expect(readTokenClaims(token(fixtureJson<object>('auth/jwt-session-payload.json')))).toEqual({
      kind: 'session',
      expiresAt: 1_797_592_000_000,
      userId: '6f0c8f2e-aaaa-4bbb-8ccc-0123456789ab',
    });
    expect(readTokenClaims(token(fixtureJson<object>('auth/jwt-access-payload.json')))).toMatchObject({
      kind: 'access',
    });
  });

  it.each(['', 'x', 'a.b.c', 'a..c', token([]), token({ exp: 'soon', id: 7 })])('takes garbage: %j', (text) => {
    expect(readTokenClaims(text)).toEqual({ kind: 'session' });
  });
});
