import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/accounts/account.ts';
import { AccountRows } from '../../../shared/accounts/account-rows.ts';
import { addAccount } from '../../../shared/accounts/add-account.ts';
import { isDue, refreshDue } from '../../../shared/accounts/refresh-due.ts';
import { AccountUnauthorizedError, AccountUnusableError } from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnreachableError } from '../../../shared/chat/errors/answer-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { hour, start } from './pool-fixture.ts';
import { accessToken, firstRefreshToken, newRenewalFixture, type RenewalFixture } from './renewal-fixture.ts';

const minute = 60_000;
let dynalite: DynaliteServer;
let fixture: RenewalFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newRenewalFixture(dynalite);
});
afterAll(() => dynalite.close());

async function round(until = Number.POSITIVE_INFINITY) {
  const now = () => fixture.time;
  const accounts = await new AccountRows(fixture.test.table, now).list();
  return refreshDue({ accounts, renewals: fixture.newInstance(), now, until, pause: async () => undefined });
}

const sessionToken = (hours: number) => makeToken({ id: 'user', exp: start / 1000 + hours * 3600 });

describe('an account is due', () => {
  const withPassword = { email: 'owner@example.com', password: 'secret' };

  it.each([
    ['an access token 8 minutes before its end', { refreshToken: firstRefreshToken }, 8 * minute, true],
    ['an access token a second earlier', { refreshToken: firstRefreshToken }, 8 * minute + 1000, false],
    ['an access token that only a sign-in renews', withPassword, minute, false],
  ])('with %s: %#', async (_name, more, left, due) => {
    const account = await fixture.add({ token: accessToken(start, left / 1000), ...more });
    expect(isDue(account, start)).toBe(due);
  });

  it.each([
    ['24 hours before its end', 24, true],
    ['earlier', 25, false],
  ])('with a session token %s', async (_name, hours, due) => {
    expect(isDue(await fixture.add({ token: sessionToken(hours), ...withPassword }), start)).toBe(due);
  });

  it.each<[string, Partial<Account>]>([
    ['it is challenged', { state: 'challenge' }],
    ['it is disabled', { state: 'disabled' }],
    ['it is invalid', { state: 'invalid' }],
    ['its token was refused', { hasToken: false }],
    ['its token does not tell its end', { tokenExpiresAt: undefined }],
    ['there is no way to another token', { canRefresh: false }],
  ])('unless %s', async (_name, changes) => {
    const account = await fixture.add({ token: accessToken(start, 60), refreshToken: firstRefreshToken });
    expect(isDue(account, start)).toBe(true);
    expect(isDue({ ...account, ...changes }, start)).toBe(false);
  });

  it('unless somebody renews it just now, or its refresh token was sent', async () => {
    const account = await fixture.add({ token: accessToken(start, 60), refreshToken: firstRefreshToken });
    const { renewal } = account;
    expect(isDue({ ...account, renewal: { ...renewal, until: start + 1 } }, start)).toBe(false);
    expect(isDue({ ...account, renewal: { ...renewal, refreshSent: true } }, start)).toBe(false);
  });
});

describe('a round', () => {
  it('keeps an account in use for a day, with each refresh token sent once', async () => {
    await fixture.add({ token: accessToken(start, 900), refreshToken: firstRefreshToken });
    for (; fixture.time < start + 24 * hour; fixture.time += 5 * minute) {
      expect((await round()).failed).toEqual([]);
      expect((await fixture.account()).tokenExpiresAt).toBeGreaterThan(fixture.time + 5 * minute);
    }
    expect(fixture.reused).toEqual([]);
    expect(fixture.refreshes.length).toBeLessThan(200);
  });

  it('is done once by two functions at once', async () => {
    await fixture.add({ token: accessToken(start, 60), refreshToken: firstRefreshToken });
    const reports = await Promise.all([round(), round()]);
    expect(reports.map(({ renewed }) => renewed)).toEqual([1, 1]);
    expect(fixture.refreshes).toHaveLength(1);
  });

  it('goes on when one account fails, and takes nobody out of use', async () => {
    for (const user of ['a', 'b', 'c']) {
      const input = {
        token: makeToken({ id: user, exp: start / 1000 + 60 }),
        refreshToken: `${user}-${'r'.repeat(20)}`,
      };
      await addAccount(fixture.test.table, fixture.box, input, 'test');
    }
    fixture.refresh = async ({ refreshToken }) => {
      if (refreshToken.startsWith('b')) throw new AccountUnauthorizedError('no');
      return { token: accessToken(fixture.time, 900), refreshToken: `${refreshToken}-next` };
    };
    expect(await round()).toMatchObject({
      accounts: 3,
      due: 3,
      renewed: 2,
      left: 0,
      failed: [{ code: 'account_signed_out' }],
    });
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
  });

  it('tries again in the next round when nobody was reached', async () => {
    await fixture.add({ token: accessToken(start, 400), refreshToken: firstRefreshToken });
    const { refresh } = fixture;
    fixture.refresh = () => Promise.reject(new UpstreamUnreachableError('away'));
    expect(await round()).toMatchObject({ renewed: 0, failed: [{ code: 'upstream_unavailable' }] });
    fixture.refresh = refresh;
    fixture.time += 5 * minute;
    expect(await round()).toMatchObject({ renewed: 1, failed: [] });
  });

  it('does not repeat a failed sign-in for six hours', async () => {
    await fixture.add({ token: sessionToken(20), email: 'owner@example.com', password: 'secret' });
    fixture.signIn = () => Promise.reject(new AccountUnusableError('wrong'));
    for (let rounds = 0; rounds < 3; rounds++, fixture.time += hour) await round();
    expect(fixture.signIns).toHaveLength(1);
    expect(await fixture.account()).toMatchObject({ state: 'ok' });
    fixture.time = start + 6 * hour;
    await round();
    expect(fixture.signIns).toHaveLength(2);
  });

  it('begins nothing when its time is over', async () => {
    await fixture.add({ token: accessToken(start, 60), refreshToken: firstRefreshToken });
    expect(await round(start)).toEqual({ accounts: 1, due: 1, renewed: 0, failed: [], left: 1 });
    expect(fixture.refreshes).toEqual([]);
  });

  it('throws what is no failure of an account', async () => {
    await fixture.add({ token: accessToken(start, 60), refreshToken: firstRefreshToken });
    fixture.refresh = () => Promise.reject(new TypeError('a mistake'));
    await expect(round()).rejects.toThrow(TypeError);
  });
});
