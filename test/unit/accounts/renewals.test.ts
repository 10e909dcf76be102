import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/accounts/account.ts';
import {
  AccountUnauthorizedError,
  AccountUnusableError,
  ChallengeError,
  RateLimitedError,
} from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnavailableError, UpstreamUnreachableError } from '../../../shared/chat/errors/answer-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { hour, start } from './pool-fixture.ts';
import { accessToken, firstRefreshToken, newRenewalFixture, type RenewalFixture } from './renewal-fixture.ts';

const withPassword = { email: 'owner@example.com', password: 'secret' };
let dynalite: DynaliteServer;
let fixture: RenewalFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newRenewalFixture(dynalite);
});
afterAll(() => dynalite.close());

function addRefreshable(more: object = {}): Promise<Account> {
  return fixture.add({ token: accessToken(start, 100), refreshToken: firstRefreshToken, ...more });
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

describe('a refresh', () => {
  it('comes before a sign-in, and keeps the next refresh token', async () => {
    const account = await addRefreshable(withPassword);
    const renewed = await fixture.newInstance().renew(account, 'chat');
    expect(renewed).toMatchObject({ canRefresh: true, tokenExpiresAt: start + 900_000, state: 'ok' });
    expect(renewed.renewal).toMatchObject({ refreshedAt: start, tokenKind: 'access', until: 0, refreshSent: false });
    expect(await fixture.secret()).toMatchObject({ refreshToken: expect.not.stringMatching(firstRefreshToken) });
    expect([fixture.refreshes, fixture.signIns]).toEqual([[firstRefreshToken], []]);
    fixture.time += 15 * 60_000;
    await fixture.newInstance().renew(await fixture.account(), 'chat');
    expect(fixture.refreshes).toHaveLength(2);
    expect(fixture.reused).toEqual([]);
  });

  it('is done once for two instances: the second waits for the first', async () => {
    const account = await addRefreshable();
    const started = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    fixture.refresh = async ({ refreshToken }) => {
      started.resolve();
      await mayEnd.promise;
      return fixture.redeem(refreshToken);
    };
    const first = fixture.newInstance().renew(account, 'chat');
    await started.promise;
    const second = fixture.newInstance().renew(account, 'chat');
    mayEnd.resolve();
    expect((await second).secret).toBe((await first).secret);
    expect(fixture.refreshes).toEqual([firstRefreshToken]);
  });

  it('gives back what somebody else has got already', async () => {
    const account = await addRefreshable();
    const renewed = await fixture.newInstance().renew(account, 'chat');
    expect((await fixture.newInstance().renew(account, 'chat')).secret).toBe(renewed.secret);
    expect(fixture.refreshes).toHaveLength(1);
  });

  it('sends all that the account has, and its proxy', async () => {
    const cookie = `cna=1; token=${'t'.repeat(20)}; refresh_token=${firstRefreshToken}`;
    const proxyUrl = 'http://me:hunter2@127.0.0.1:8080/';
    const account = await fixture.add({ cookie, proxyUrl });
    fixture.refresh = async (grant) => {
      expect(grant).toEqual({ cookie, proxyUrl, token: 't'.repeat(20), refreshToken: firstRefreshToken });
      return { ...fixture.redeem(grant.refreshToken), setCookies: ['acw_tc=1; Path=/', 'cna=; Max-Age=0'] };
    };
    await fixture.newInstance().renew(account, 'chat');
    const { refreshToken, cookie: renewedCookie } = await fixture.secret();
    expect(renewedCookie).toBe(`token=${'t'.repeat(20)}; refresh_token=${refreshToken}; acw_tc=1`);
  });
});

describe('a refresh that was cut off by a crash', () => {
  it('is not tried again: the next instance signs in when the lease is over', async () => {
    const account = await addRefreshable(withPassword);
    fixture.refresh = never;
    void fixture.newInstance().renew(account, 'chat');
    await expect.poll(() => fixture.refreshes).toHaveLength(1);
    const renewed = await fixture.newInstance().renew(account, 'chat');
    expect(renewed.signedInAt).toBeGreaterThanOrEqual(start + 15_000);
    expect(renewed.canRefresh).toBe(false);
    expect([fixture.refreshes.length, fixture.signIns.length]).toEqual([1, 1]);
  });

  it('ends an account without a password, which says so', async () => {
    const account = await addRefreshable();
    fixture.refresh = never;
    void fixture.newInstance().renew(account, 'chat');
    await expect.poll(() => fixture.refreshes).toHaveLength(1);
    await expect(fixture.newInstance().renew(account, 'chat')).rejects.toThrow(AccountUnauthorizedError);
    expect(await fixture.account()).toMatchObject({ state: 'invalid', canRefresh: false });
    expect(fixture.refreshes).toHaveLength(1);
  });

  it('stores nothing when it comes back after its lease was taken', async () => {
    const account = await addRefreshable(withPassword);
    const late = Promise.withResolvers<void>();
    fixture.refresh = async ({ refreshToken }) => {
      await late.promise;
      return fixture.redeem(refreshToken);
    };
    const slow = fixture.newInstance().renew(account, 'chat');
    await expect.poll(() => fixture.refreshes).toHaveLength(1);
    const renewed = await fixture.newInstance().renew(account, 'chat');
    late.resolve();
    expect((await slow).secret).toBe(renewed.secret);
    expect((await fixture.account()).secret).toBe(renewed.secret);
  });

  it('keeps others waiting for a bounded time only', async () => {
    const account = await addRefreshable();
    fixture.refresh = never;
    void fixture.newInstance().renew(account, 'chat');
    await expect.poll(() => fixture.refreshes).toHaveLength(1);
    await fixture.test.table.update(
      { pk: 'accounts#qwen-web', sk: account.id },
      { set: { renewalUntil: start + 10 * hour } },
    );
    await expect(fixture.newInstance().renew(account, 'chat')).rejects.toThrow(UpstreamUnavailableError);
    expect(await fixture.account()).toMatchObject({ state: 'ok', canRefresh: true });
  });
});

describe('a refresh that fails', () => {
  it.each([
    ['refused', new AccountUnauthorizedError('no')],
    ['of unknown outcome', new UpstreamUnavailableError('broke off')],
  ])('%s, turns to a sign-in', async (_name, error) => {
    const account = await addRefreshable(withPassword);
    fixture.refresh = () => Promise.reject(error);
    expect(await fixture.newInstance().renew(account, 'chat')).toMatchObject({ canRefresh: false, signedInAt: start });
    expect([fixture.refreshes.length, fixture.signIns.length]).toEqual([1, 1]);
  });

  it.each([
    ['refused', new AccountUnauthorizedError('no')],
    ['of unknown outcome', new UpstreamUnavailableError('broke off')],
  ])('%s, ends an account without a password', async (_name, error) => {
    const account = await addRefreshable();
    fixture.refresh = () => Promise.reject(error);
    await expect(fixture.newInstance().renew(account, 'chat')).rejects.toBe(error);
    expect(await fixture.account()).toMatchObject({ state: 'invalid', canRefresh: false, renewal: { until: 0 } });
  });

  it.each([
    ['nobody was reached', new UpstreamUnreachableError('away'), 'ok'],
    ['there were too many', new RateLimitedError('slow down'), 'ok'],
    ['the site asks for a verification', new ChallengeError('slide this'), 'challenge'],
  ])('because %s, keeps the refresh token', async (_name, error, state) => {
    const account = await addRefreshable();
    fixture.refresh = () => Promise.reject(error);
    await expect(fixture.newInstance().renew(account, 'chat')).rejects.toBe(error);
    expect(await fixture.account()).toMatchObject({
      state,
      canRefresh: true,
      renewal: { until: 0, refreshSent: false },
    });
  });

  it('leaves the account alone when it was ahead of time', async () => {
    const account = await addRefreshable();
    const error = new AccountUnauthorizedError('no');
    fixture.refresh = () => Promise.reject(error);
    await expect(fixture.newInstance().renew(account, 'chat', 'ahead')).rejects.toBe(error);
    expect(await fixture.account()).toMatchObject({ state: 'ok', hasToken: true, canRefresh: false });
  });

  it('twice in a minute is not tried', async () => {
    const account = await addRefreshable();
    const renewed = await fixture.newInstance().renew(account, 'chat');
    fixture.time += 59_000;
    await expect(fixture.newInstance().renew(renewed, 'chat')).rejects.toThrow(AccountUnauthorizedError);
    expect(await fixture.account()).toMatchObject({ state: 'invalid' });
    expect(fixture.refreshes).toHaveLength(1);
  });
});

describe('a renewal that the owner asks for', () => {
  it('puts an account back in use whose token was refused, and no other', async () => {
    const account = await fixture.add(withPassword);
    fixture.signIn = () => Promise.reject(new AccountUnusableError('wrong'));
    await expect(fixture.newInstance().renew(account, 'chat')).rejects.toThrow(AccountUnusableError);
    expect(await fixture.account()).toMatchObject({ state: 'invalid', reason: expect.any(String) });
    fixture.signIn = async () => ({ token: accessToken(fixture.time, 900) });
    const refused = await fixture.account();
    await expect(fixture.newInstance().renew(refused, 'chat')).rejects.toThrow(AccountUnauthorizedError);
    const renewed = await fixture.newInstance().renew(refused, 'chat', 'asked');
    expect(renewed).toMatchObject({ state: 'ok', reason: undefined, hasToken: true });
  });
});
