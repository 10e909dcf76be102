import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountPool } from '../../../shared/accounts/account-pool.ts';
import {
  AccountUnauthorizedError,
  AccountUnusableError,
  ChallengeError,
  RateLimitedError,
} from '../../../shared/chat/errors/account-faults.ts';
import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { hour, newPoolFixture, type PoolFixture, start, tokensOf } from './pool-fixture.ts';

const one = { ACCOUNTS: 'owner@example.com:secret' };
let dynalite: DynaliteServer;
let fixture: PoolFixture;
let pool: AccountPool;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newPoolFixture(dynalite);
  pool = fixture.newPool();
});
afterAll(() => dynalite.close());

describe('an account with e-mail address and password', () => {
  it('signs in when it is first used, once for all who wait', async () => {
    await fixture.import(one);
    const leases = await Promise.all(Array.from({ length: 8 }, () => pool.lease('chat')));
    expect(fixture.signIns).toEqual(['owner@example.com']);
    expect(new Set(leases.map(({ credentials }) => credentials.token)).size).toBe(1);
    expect(await fixture.rows()).toMatchObject([
      { hasToken: true, signedInAt: start, tokenExpiresAt: start + 900_000, state: 'ok' },
    ]);
  });

  it('shares its token with other instances', async () => {
    await fixture.import(one);
    const { credentials } = await pool.lease('chat');
    expect((await fixture.newPool().lease('chat')).credentials).toEqual(credentials);
    expect(fixture.signIns).toHaveLength(1);
  });

  it('signs in again a minute before its token ends, and not earlier', async () => {
    await fixture.import(one);
    const { credentials } = await pool.lease('chat');
    fixture.time += 839_999;
    expect((await pool.lease('chat')).credentials).toEqual(credentials);
    fixture.time += 1;
    expect((await pool.lease('chat')).credentials).not.toEqual(credentials);
    expect(fixture.signIns).toHaveLength(2);
  });

  it('takes the end of the token from the upstream when it tells', async () => {
    await fixture.import(one);
    fixture.signIn = async () => ({ token: 'opaque-token', expiresAt: start + 7200 * 1000, refreshToken: 'refresh' });
    await pool.lease('chat');
    expect(await fixture.rows()).toMatchObject([{ tokenExpiresAt: start + 2 * hour }]);
  });
});

describe('a refused token', () => {
  it('is renewed once for all who met the refusal', async () => {
    await fixture.import(one);
    const lease = await pool.lease('chat');
    fixture.time += 120_000;
    const refused = new AccountUnauthorizedError('expired');
    const renewed = await Promise.all(
      Array.from({ length: 5 }, async () => {
        await pool.settle(lease, 'chat', refused);
        return pool.renew(lease);
      }),
    );
    expect(fixture.signIns).toHaveLength(2);
    expect(new Set(renewed.map(({ credentials }) => credentials.token)).size).toBe(1);
    expect(renewed[0]?.credentials).not.toEqual(lease.credentials);
    expect(await fixture.rows()).toMatchObject([{ state: 'ok' }]);
  });

  it('is replaced by the one that another instance got meanwhile', async () => {
    await fixture.import(one);
    const lease = await pool.lease('chat');
    fixture.time += 120_000;
    const other = fixture.newPool();
    const renewedThere = await other.renew(await other.lease('chat'));
    expect((await pool.renew(lease)).credentials).toEqual(renewedThere.credentials);
    expect(fixture.signIns).toHaveLength(2);
  });

  it('is renewed once when two instances need it: the second waits for the first', async () => {
    await fixture.import(one);
    const { signIn } = fixture;
    const started = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    fixture.signIn = async (email, password) => {
      started.resolve();
      await mayEnd.promise;
      return signIn(email, password);
    };
    const first = pool.lease('chat');
    await started.promise;
    const second = fixture.newPool().lease('chat');
    mayEnd.resolve();
    expect((await second).credentials).toEqual((await first).credentials);
    expect(fixture.signIns).toHaveLength(1);
  });

  it('has the account sign in before its next use', async () => {
    await fixture.import(one);
    const lease = await pool.lease('chat');
    fixture.time += 120_000;
    await pool.settle(lease, 'chat', new AccountUnauthorizedError('expired'));
    expect(await pool.health()).toMatchObject([{ state: 'ok' }]);
    expect((await pool.lease('chat')).credentials).not.toEqual(lease.credentials);
  });

  it('ends the tries when a new token is refused as well', async () => {
    await fixture.import(one);
    let lease = await pool.lease('chat');
    fixture.time += 120_000;
    const refused = new AccountUnauthorizedError('expired', { upstreamCode: 'Unauthorized' });
    await pool.settle(lease, 'chat', refused);
    lease = await pool.renew(lease);
    await pool.settle(lease, 'chat', refused);
    await expect(pool.renew(lease)).rejects.toThrow(AccountUnauthorizedError);
    expect(fixture.signIns).toHaveLength(2);
    expect(await pool.health()).toMatchObject([{ state: 'invalid', reason: expect.stringContaining('just got it') }]);
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'accounts_signed_out' });
  });

  it('cannot be renewed without a password', async () => {
    await fixture.import({ QWEN_TOKEN: tokensOf('a') });
    await expect(pool.renew(await pool.lease('chat'))).rejects.toThrow(AccountUnauthorizedError);
    expect(await pool.health()).toMatchObject([{ state: 'invalid', reason: 'the token is not accepted' }]);
  });
});

describe('a sign-in that fails', () => {
  it.each([
    [new AccountUnusableError('wrong password'), 'invalid', 'accounts_signed_out'],
    [new AccountUnauthorizedError('wrong password'), 'invalid', 'accounts_signed_out'],
    [new ChallengeError('slide this'), 'challenge', 'accounts_challenged'],
  ])('%o takes the account out of use', async (error, state, code) => {
    await fixture.import(one);
    fixture.signIn = () => Promise.reject(error);
    await expect(pool.lease('chat')).rejects.toMatchObject({ status: 403, code, shouldRetry: false });
    expect(await fixture.rows()).toMatchObject([{ state }]);
    await expect(pool.lease('chat')).rejects.toMatchObject({ code });
    expect(fixture.signIns).toHaveLength(1);
  });

  it('rests the account when there were too many', async () => {
    await fixture.import(one);
    fixture.signIn = () => Promise.reject(new RateLimitedError('slow down'));
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'rate_limit_exceeded', retryAfterSeconds: 10 });
    expect(await fixture.rows()).toMatchObject([{ state: 'ok', waits: { chat: { cause: 'limit' } } }]);
  });

  it('is passed on, and held against nobody, when the upstream is away', async () => {
    await fixture.import(one);
    const { signIn } = fixture;
    fixture.signIn = () => Promise.reject(new UpstreamUnavailableError('away'));
    await expect(pool.lease('chat')).rejects.toThrow(UpstreamUnavailableError);
    expect(await fixture.rows()).toMatchObject([{ state: 'ok', waits: {} }]);
    fixture.signIn = signIn;
    expect(await pool.lease('chat')).toBeDefined();
  });

  it('has another account serve the request', async () => {
    await fixture.import({ ACCOUNTS: 'a@example.com:secret,b@example.com:secret,c@example.com:secret' });
    const { signIn } = fixture;
    fixture.signIn = (email, password) =>
      email === 'c@example.com' ? signIn(email, password) : Promise.reject(new AccountUnusableError('wrong password'));
    expect((await pool.lease('chat')).label).toBe('c***@example.com');
  });

  it('throws what is no upstream error as it is', async () => {
    await fixture.import(one);
    fixture.signIn = () => Promise.reject(new TypeError('a mistake'));
    await expect(pool.lease('chat')).rejects.toThrow(TypeError);
    expect(await fixture.rows()).toMatchObject([{ state: 'ok' }]);
  });
});

describe('a pasted token that has ended', () => {
  it('is not used, and says when it ended', async () => {
    const ended = makeToken({ id: 'a', exp: start / 1000 });
    await fixture.import({ QWEN_TOKENS: `${ended},${tokensOf('b')}` });
    const used = new Set<string>();
    for (let turn = 0; turn < 4; turn++) used.add((await pool.lease('chat')).credentials.token);
    expect(used.size).toBe(1);
    expect(used.has(ended)).toBe(false);
    expect(await pool.health()).toContainEqual(
      expect.objectContaining({ state: 'invalid', reason: 'token expired on 2026-11-21' }),
    );
  });

  it('is used until then', async () => {
    await fixture.import({ QWEN_TOKEN: makeToken({ id: 'a', exp: start / 1000 + 60 }) });
    fixture.time += 59_999;
    expect(await pool.lease('chat')).toBeDefined();
    fixture.time += 1;
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'accounts_signed_out' });
  });
});
