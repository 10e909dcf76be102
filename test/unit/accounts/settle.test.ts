import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountPool } from '../../../shared/accounts/account-pool.ts';
import type { Lease } from '../../../shared/accounts/lease.ts';
import {
  AccountUnauthorizedError,
  AccountUnusableError,
  ChallengeError,
  QuotaExhaustedError,
  RateLimitedError,
} from '../../../shared/chat/errors/account-faults.ts';
import {
  ContentFilterError,
  EmptyAnswerError,
  ToolInterceptedError,
  TruncatedAnswerError,
} from '../../../shared/chat/errors/answer-faults.ts';
import type { UpstreamError } from '../../../shared/chat/errors/upstream-error.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { hour, newPoolFixture, type PoolFixture, start, tokensOf } from './pool-fixture.ts';

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

async function settleOne(error: UpstreamError): Promise<Lease> {
  const lease = await pool.lease('chat');
  await pool.settle(lease, 'chat', error);
  return lease;
}

async function rowOf({ accountId }: Lease) {
  return (await fixture.rows()).find(({ id }) => id === accountId);
}

describe('faults that are not the account’s', () => {
  it.each([
    new TruncatedAnswerError('cut'),
    new ToolInterceptedError('intercepted'),
    new ContentFilterError('filtered'),
  ])('$name changes nothing', async (error) => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const lease = await settleOne(error);
    await pool.flush();
    expect(await rowOf(lease)).toMatchObject({ state: 'ok', waits: {}, reason: undefined });
    expect((await pool.lease('chat')).accountId).toBe(lease.accountId);
  });
});

describe('short limits', () => {
  it.each([
    [new RateLimitedError('slow down', { retryAfterSeconds: 30 }), 30],
    [new RateLimitedError('slow down', { retryAfterSeconds: 3 }), 3],
    [new RateLimitedError('slow down', { retryAfterSeconds: 0 }), 60],
    [new RateLimitedError('slow down', { retryAfterSeconds: 86_400 }), 900],
    [new RateLimitedError('slow down'), 60],
    [new EmptyAnswerError('nothing'), 60],
  ])('rests the account while another is there (%#)', async (error, seconds) => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const lease = await settleOne(error);
    expect(await rowOf(lease)).toMatchObject({
      state: 'ok',
      waits: { chat: { until: start + seconds * 1000, cause: 'limit' } },
    });
    for (let turn = 0; turn < 3; turn++) expect((await pool.lease('chat')).accountId).not.toBe(lease.accountId);
    fixture.time += seconds * 1000;
    expect((await pool.lease('chat')).accountId).toBe(lease.accountId);
  });

  it('holds for one kind of work only', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    await settleOne(new RateLimitedError('slow down'));
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
    expect(await pool.lease('image')).toMatchObject({ kind: 'image' });
  });

  it('never bench the last healthy account for long', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b', 'c') });
    for (let turn = 0; turn < 3; turn++) await settleOne(new RateLimitedError('slow', { retryAfterSeconds: 600 }));
    const error = await pool.lease('chat').catch((thrown) => thrown);
    expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded', retryAfterSeconds: 10 });
    fixture.time += 10_000;
    expect(await pool.lease('chat')).toBeDefined();
  });

  it('never bench the last two for long when two instances meet them at once', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const other = fixture.newPool();
    const lease = await pool.lease('chat');
    const otherLease = await other.lease('chat', { exclude: new Set([lease.accountId]) });
    await Promise.all([
      pool.settle(lease, 'chat', new RateLimitedError('slow', { retryAfterSeconds: 600 })),
      other.settle(otherLease, 'chat', new RateLimitedError('slow', { retryAfterSeconds: 600 })),
    ]);
    const ends = (await fixture.rows()).map(({ waits }) => waits.chat?.until ?? 0);
    expect(Math.min(...ends)).toBe(start + 10_000);
    fixture.time += 10_000;
    expect(await fixture.newPool().lease('chat')).toBeDefined();
  });
});

describe('used-up quota', () => {
  it.each([
    [5 * 3600, 5],
    [undefined, 1],
    [48 * 3600, 24],
  ])('honours the upstream’s %s seconds', async (retryAfterSeconds, hours) => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const lease = await settleOne(
      new QuotaExhaustedError('used up', retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    );
    expect(await rowOf(lease)).toMatchObject({ waits: { chat: { until: start + hours * hour, cause: 'quota' } } });
    const { accountId } = lease;
    fixture.time += hours * hour - 1;
    await expect(fixture.newPool().lease('chat', { accountId })).rejects.toMatchObject({ code: 'insufficient_quota' });
    fixture.time += 1;
    expect((await fixture.newPool().lease('chat', { accountId })).accountId).toBe(accountId);
  });

  it('is not shortened by a later short limit of another instance', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const other = fixture.newPool();
    const lease = await pool.lease('chat');
    const otherLease = await other.lease('chat', { accountId: lease.accountId });
    await pool.settle(lease, 'chat', new QuotaExhaustedError('used up', { retryAfterSeconds: 7200 }));
    await other.settle(otherLease, 'chat', new RateLimitedError('slow'));
    expect(await rowOf(lease)).toMatchObject({ waits: { chat: { until: start + 2 * hour, cause: 'quota' } } });
  });
});

describe('faults of the account itself', () => {
  it.each([
    [new ChallengeError('solve this'), 'challenge', 'the site asks for a verification'],
    [new AccountUnusableError('pending'), 'disabled', 'the site does not let this account in'],
    [
      new AccountUnauthorizedError('expired', { upstreamCode: 'Unauthorized' }),
      'invalid',
      'the token is not accepted (Unauthorized)',
    ],
  ])('%o', async (error, state, reason) => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const lease = await settleOne(error);
    expect(await rowOf(lease)).toMatchObject({ state, reason });
    expect(await pool.health()).toContainEqual(expect.objectContaining({ id: lease.accountId, state, reason }));
    for (const instance of [pool, fixture.newPool()]) {
      expect((await instance.lease('image')).accountId).not.toBe(lease.accountId);
    }
  });

  it('does not hold an old token’s failure against a new token', async () => {
    await fixture.import({ QWEN_TOKEN: tokensOf('a') });
    const lease = await pool.lease('chat');
    await fixture.import({ QWEN_TOKEN: tokensOf('a') });
    await pool.settle(lease, 'chat', new AccountUnauthorizedError('expired'));
    expect(await rowOf(lease)).toMatchObject({ state: 'ok' });
    const renewed = await pool.lease('chat');
    expect(renewed.credentials.token).not.toBe(lease.credentials.token);
  });

  it('does nothing to an account that was removed', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const lease = await pool.lease('chat');
    await fixture.test.table.delete({ pk: 'accounts#qwen-web', sk: lease.accountId });
    await pool.settle(lease, 'chat', new RateLimitedError('slow', { retryAfterSeconds: 5 }));
    await pool.settle(lease, 'chat', new ChallengeError('solve this'));
    expect(await fixture.rows()).toEqual([]);
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'no_accounts' });
  });
});

describe('a store that fails', () => {
  it('does not fail the request, and this instance heeds the outcome', async () => {
    const passing = await startDynalite();
    fixture = await newPoolFixture(passing);
    pool = fixture.newPool();
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const lease = await pool.lease('chat');
    await passing.close();
    await pool.settle(lease, 'chat', new ChallengeError('solve this'));
    expect(fixture.storeErrors).toMatchObject([{ code: 'store_unavailable' }]);
    for (let turn = 0; turn < 3; turn++) expect((await pool.lease('chat')).accountId).not.toBe(lease.accountId);
    fixture.time += 2000;
    expect(await pool.lease('chat')).toBeDefined();
    await pool.flush();
  });
});
