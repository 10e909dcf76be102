import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../shared/accounts/account.ts';
import { LeastRecentlyUsed } from '../../../shared/accounts/least-recently-used.ts';
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

  it('reads the table once for a burst, and decrypts without asking again', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('a', 'b') });
    const pool = fixture.newPool();
    fixture.test.sent.length = 0;
    const leases = await Promise.all(Array.from({ length: 20 }, () => pool.lease('chat')));
    fixture.time += 1999;
    const { credentials } = await pool.lease('chat');
    expect(leases.some((lease) => lease.credentials === credentials)).toBe(true);
    expect(fixture.test.sent).toEqual(['QueryCommand']);
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

describe('the note of an account’s last use', () => {
  it('is written once a second at most, and never waited for', async () => {
    await fixture.import({ QWEN_TOKEN: tokensOf('a') });
    const pool = fixture.newPool();
    const lease = await pool.lease('chat');
    fixture.test.sent.length = 0;
    for (let turn = 0; turn < 30; turn++) {
      fixture.time += 100;
      await pool.lease('chat');
      await pool.settle(lease, 'chat', 'ok');
    }
    await pool.flush();
    expect(fixture.test.count('UpdateItemCommand')).toBe(3);
    expect(await fixture.rows()).toMatchObject([{ lastUsedAt: fixture.time - 900 }]);
    expect(await pool.health()).toMatchObject([{ lastUsedAt: fixture.time }]);
  });

  it('never goes back in time, and never brings a removed account back', async () => {
    await fixture.import({ QWEN_TOKEN: tokensOf('a') });
    const early = fixture.newPool();
    const late = fixture.newPool();
    const lease = await early.lease('chat');
    fixture.time += 5000;
    const lateTime = fixture.time;
    await late.settle(await late.lease('chat'), 'chat', 'ok');
    await late.flush();
    fixture.time -= 4000;
    await early.settle(lease, 'chat', 'ok');
    await early.flush();
    expect(await fixture.rows()).toMatchObject([{ lastUsedAt: lateTime }]);

    await fixture.test.table.delete({ pk: 'accounts#qwen-web', sk: lease.accountId });
    fixture.time += 10_000;
    await late.settle(lease, 'chat', 'ok');
    await late.flush();
    expect(await fixture.rows()).toEqual([]);
  });

  it('may fail without anybody hearing of it', async () => {
    const uses = new LeastRecentlyUsed(
      async () => {
        throw new Error('away');
      },
      () => fixture.time,
    );
    uses.touch('account-a');
    uses.publish('account-a');
    await expect(uses.flush()).resolves.toBeUndefined();
  });
});

describe('choosing among a thousand accounts', () => {
  it('looks at each once', () => {
    let asked = 0;
    const uses = new LeastRecentlyUsed(
      async () => undefined,
      () => fixture.time,
    );
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
    signedInAt: undefined,
    secret: '',
  };
}
