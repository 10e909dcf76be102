import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/accounts/account.ts';
import { LeastRecentlyUsed } from '../../../shared/accounts/least-recently-used.ts';
import { readRenewalState } from '../../../shared/accounts/renewal-state.ts';
import { ChatGoneError } from '../../../shared/chat/errors/answer-faults.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { newPoolFixture, type PoolFixture, tokensOf } from './pool-fixture.ts';

let dynalite: DynaliteServer;
let fixture: PoolFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newPoolFixture(dynalite);
});
afterAll(() => dynalite.close());

describe('lease', () => {
  it('gives the credentials of an account', async () => {
    const token = tokensOf('a');
    await fixture.import({ QWEN_TOKEN: token });
    const lease = await fixture.newPool().lease('chat');
    const [row] = await fixture.rows();
    expect(lease).toMatchObject({ accountId: row?.id, label: row?.label, kind: 'chat', credentials: { token } });
  });

  it('goes round all accounts, also in a burst within one millisecond', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b', 'c') });
    const pool = fixture.newPool();
    const leases = await Promise.all(Array.from({ length: 9 }, () => pool.lease('chat')));
    const order = leases.map(({ accountId }) => accountId);
    expect(new Set(order.slice(0, 3)).size).toBe(3);
    expect(order).toEqual([...order.slice(0, 3), ...order.slice(0, 3), ...order.slice(0, 3)]);
  });

  it('heeds what other instances have used', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const pool = fixture.newPool();
    const lease = await pool.lease('chat');
    await pool.settle(lease, 'chat', 'ok');
    await pool.flush();
    expect((await fixture.newPool().lease('chat')).accountId).not.toBe(lease.accountId);
  });

  it('passes over excluded accounts', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const pool = fixture.newPool();
    const { accountId } = await pool.lease('chat');
    for (let turn = 0; turn < 3; turn++) {
      expect((await pool.lease('chat', { exclude: new Set([accountId]) })).accountId).not.toBe(accountId);
    }
  });

  it('gives the owner of a chat, and no other', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const pool = fixture.newPool();
    const { accountId } = await pool.lease('chat');
    expect((await pool.lease('chat', { accountId })).accountId).toBe(accountId);
    await expect(pool.lease('chat', { accountId: 'account-gone' })).rejects.toThrow(ChatGoneError);
  });

  it('reads the table once for a burst, writes once for each lease, and decrypts without asking again', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const pool = fixture.newPool();
    fixture.test.sent.length = 0;
    const leases = await Promise.all(Array.from({ length: 15 }, () => pool.lease('chat')));
    fixture.time += 1999;
    const { credentials } = await pool.lease('chat');
    expect(leases.some((lease) => lease.credentials === credentials)).toBe(true);
    expect(fixture.test.sent).toHaveLength(17);
    expect(fixture.test.count('QueryCommand')).toBe(1);
    expect(fixture.test.count('UpdateItemCommand')).toBe(16);
  });

  it('learns of new accounts within seconds, without making a request wait', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a') });
    const pool = fixture.newPool();
    await pool.lease('chat');
    await fixture.import({ QWEN_TOKENS: tokensOf('b') });
    fixture.time += 2000;
    await pool.lease('chat');
    await pool.flush();
    const leases = [await pool.lease('chat'), await pool.lease('chat')];
    expect(new Set(leases.map(({ accountId }) => accountId)).size).toBe(2);
  });

  it('goes on with another account when a secret cannot be read', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const [first, second] = await fixture.rows();
    const pk = 'accounts#qwen-web';
    await fixture.test.table.update({ pk, sk: first?.id ?? '' }, { set: { secret: 'v1.broken.secret' } });
    const pool = fixture.newPool();
    expect((await pool.lease('chat')).accountId).toBe(second?.id);
    expect((await pool.lease('chat')).accountId).toBe(second?.id);
    await fixture.test.table.update({ pk, sk: second?.id ?? '' }, { set: { secret: '' } });
    await expect(fixture.newPool().lease('chat')).rejects.toMatchObject({ code: 'secret_unreadable' });
  });
});

describe('choosing among a thousand accounts', () => {
  it('looks at each once', () => {
    let asked = 0;
    const uses = new LeastRecentlyUsed(() => fixture.time);
    const accounts = Array.from({ length: 1000 }, (_, index) => rested(`account-${index}`, 5000 - index));
    const chosen = uses.choose(accounts, () => {
      asked += 1;
      return true;
    });
    expect(chosen?.id).toBe('account-999');
    expect(asked).toBeLessThanOrEqual(1000);
    expect(uses.choose(accounts, () => false)).toBeUndefined();
  });
});

function rested(id: string, lastUsedAt: number): Account {
  return {
    id,
    lastUsedAt,
    label: id,
    source: 'test',
    state: 'ok',
    reason: undefined,
    waits: {},
    hasToken: true,
    tokenExpiresAt: undefined,
    canSignIn: false,
    canRefresh: false,
    renewal: readRenewalState({}),
    cookies: undefined,
    signedInAt: undefined,
    spacedUntil: 0,
    slots: [],
    secret: '',
  };
}
