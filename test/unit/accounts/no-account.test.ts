import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lane, waitAttributes } from '../../../shared/accounts/account.ts';
import type { AccountPool } from '../../../shared/accounts/account-pool.ts';
import { GatewayError } from '../../../shared/chat/errors/gateway-error.ts';
import { UpstreamError } from '../../../shared/chat/errors/upstream-error.ts';
import type { Attributes } from '../../../shared/store/attributes.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { newPoolFixture, type PoolFixture, start, tokensOf } from './pool-fixture.ts';

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

const { until, cause } = waitAttributes('chat');
const limited = (seconds: number) => ({ [until]: start + seconds * 1000, [cause]: 'limit' });
const usedUp = (seconds: number) => ({ [until]: start + seconds * 1000, [cause]: 'quota' });
const challenged = { state: 'challenge', reason: 'why' };
const invalid = { state: 'invalid', reason: 'why' };
const disabled = { state: 'disabled', reason: 'why' };

/** Makes a pool of accounts that are in these states. */
async function poolOf(...states: Attributes[]): Promise<void> {
  if (states.length === 0) return;
  await fixture.import({ QWEN_TOKENS: tokensOf(...states.map((_, index) => `user-${index}`)) });
  for (const [index, row] of (await fixture.rows()).entries()) {
    await fixture.test.table.update(accountKey(lane, row.id), { set: states[index] ?? {} });
  }
}

describe('nobody to serve', () => {
  it.each<[string, Attributes[], object]>([
    ['no account', [], { status: 503, code: 'no_accounts', shouldRetry: false }],
    [
      'short waits',
      [limited(50), limited(19.2)],
      {
        status: 429,
        type: 'rate_limit_error',
        code: 'rate_limit_exceeded',
        retryAfterSeconds: 20,
        shouldRetry: undefined,
      },
    ],
    [
      'used-up quotas',
      [usedUp(7200), usedUp(3600)],
      {
        status: 429,
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        retryAfterSeconds: 3600,
        shouldRetry: false,
      },
    ],
    ['challenges', [challenged, challenged], { status: 403, code: 'accounts_challenged', shouldRetry: false }],
    [
      'signed out',
      [invalid],
      { status: 403, type: 'permission_error', code: 'accounts_signed_out', shouldRetry: false },
    ],
    ['disabled', [disabled], { status: 403, code: 'accounts_disabled', shouldRetry: false }],
    [
      'a short wait before a quota',
      [usedUp(3600), limited(30)],
      { code: 'rate_limit_exceeded', retryAfterSeconds: 30 },
    ],
    ['a quota before a challenge', [challenged, usedUp(60)], { code: 'insufficient_quota', retryAfterSeconds: 60 }],
    [
      'a short wait before all',
      [invalid, challenged, limited(5)],
      { code: 'rate_limit_exceeded', retryAfterSeconds: 5 },
    ],
    ['a challenge before a lost token', [invalid, challenged, disabled], { code: 'accounts_challenged' }],
    ['a lost token before a disabled account', [disabled, invalid], { code: 'accounts_signed_out' }],
  ])('%s', async (_, states, expected) => {
    await poolOf(...states);
    const error = await pool.lease('chat').catch((thrown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).not.toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject(expected);
  });

  it.each<[string, Attributes[], RegExp]>([
    ['an empty pool how to add an account', [], /QWEN_TOKEN/],
    ['a challenged one where to solve it', [challenged], /own browser/],
    ['a signed-out one what to import', [invalid], /fresh token/],
    ['a resting one how long', [limited(30)], /30 s/],
    ['a used-up one when it is back', [usedUp(3600)], /2026-11-21T13:00Z/],
  ])('tells the owner of %s', async (_, states, message) => {
    await poolOf(...states);
    await expect(pool.lease('chat')).rejects.toThrow(message);
  });

  it('is over exactly when the error said', async () => {
    await poolOf(limited(19.2), usedUp(600));
    fixture.time += 20_000;
    expect(await pool.lease('chat')).toBeDefined();
  });

  it('lets a request that has tried everybody come again', async () => {
    await poolOf({}, invalid);
    const { accountId } = await pool.lease('chat');
    const error = await pool.lease('chat', { exclude: new Set([accountId]) }).catch((thrown) => thrown);
    expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded', retryAfterSeconds: 1 });
  });

  it('speaks of the chat’s own account alone when only that one will do', async () => {
    await poolOf({}, {});
    const { accountId } = await pool.lease('chat');
    await fixture.test.table.update(accountKey(lane, accountId), { set: usedUp(600) });
    const error = await fixture
      .newPool()
      .lease('chat', { accountId })
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'insufficient_quota', retryAfterSeconds: 600 });
  });

  it('takes a state that it does not know for one that it cannot serve with', async () => {
    await poolOf({ state: 'probing' });
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'accounts_disabled' });
  });

  it('passes over rows that are no accounts', async () => {
    await fixture.test.table.put(accountKey(lane, 'account-half'), { state: 'ok' });
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'no_accounts' });
  });
});

it('sends nobody away by what it knew minutes ago', async () => {
  await poolOf(disabled);
  await expect(pool.lease('chat')).rejects.toThrow(GatewayError);
  const [row] = await fixture.rows();
  await fixture.test.table.update(accountKey(lane, row?.id ?? ''), { set: { state: 'ok' } });
  fixture.time += 60_000;
  expect((await pool.lease('chat')).accountId).toBe(row?.id);
});

it('sends nobody away by what it knew a moment before they came', async () => {
  await poolOf(disabled);
  await expect(pool.lease('chat')).rejects.toThrow(GatewayError);
  const [row] = await fixture.rows();
  await fixture.test.table.update(accountKey(lane, row?.id ?? ''), { set: { state: 'ok' } });
  fixture.time += 300;
  expect((await pool.lease('chat')).accountId).toBe(row?.id);
});
