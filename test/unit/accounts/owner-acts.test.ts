import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import { type OwnerAct, setOwnerState } from '../../../shared/accounts/owner-acts.ts';
import { ChallengeError } from '../../../shared/chat/errors/account-faults.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { newPoolFixture, type PoolFixture, tokensOf } from './pool-fixture.ts';

let dynalite: DynaliteServer;
let fixture: PoolFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newPoolFixture(dynalite);
  await fixture.import({ QWEN_TOKENS: tokensOf('a') });
});
afterAll(() => dynalite.close());

async function firstId(): Promise<string> {
  return (await fixture.rows())[0]?.id ?? '';
}

describe('setOwnerState', () => {
  it.each<[string, OwnerAct, object]>([
    ['ok', 'disable', { changed: true, state: 'disabled' }],
    ['ok', 'drain', { changed: true, state: 'draining' }],
    ['ok', 'enable', { changed: false, state: 'ok' }],
    ['draining', 'enable', { changed: true, state: 'ok' }],
    ['draining', 'disable', { changed: true, state: 'disabled' }],
    ['challenge', 'enable', { changed: true, state: 'ok' }],
    ['challenge', 'drain', { changed: false, state: 'challenge' }],
    ['invalid', 'enable', { changed: false, state: 'invalid' }],
    ['disabled', 'enable', { changed: true, state: 'ok' }],
    ['disabled', 'disable', { changed: false, state: 'disabled' }],
    ['of a later version', 'enable', { changed: true, state: 'ok' }],
  ])('%s, %s', async (state, act, expected) => {
    const id = await firstId();
    await fixture.test.table.update(accountKey(lane, id), { set: { state, reason: 'why' } });
    expect(await setOwnerState(fixture.test.table, id, act)).toEqual(expected);
    const [row] = await fixture.rows();
    if (act === 'enable' && row?.state === 'ok' && state !== 'ok') expect(row.reason).toBeUndefined();
    expect(await setOwnerState(fixture.test.table, id, act)).toMatchObject({ changed: false, state: row?.state });
  });

  it('says when there is no such account', async () => {
    expect(await setOwnerState(fixture.test.table, 'account-gone', 'disable')).toBeUndefined();
    expect(await fixture.rows()).toHaveLength(1);
  });

  it('has the last word over a request that fails meanwhile', async () => {
    const pool = fixture.newPool();
    const lease = await pool.lease('chat');
    await setOwnerState(fixture.test.table, lease.accountId, 'disable');
    await pool.settle(lease, 'chat', new ChallengeError('solve this'));
    expect(await fixture.rows()).toMatchObject([
      { state: 'disabled', reason: 'disabled by the owner', slots: [{ until: 0 }] },
    ]);
    await expect(pool.lease('chat')).rejects.toMatchObject({ code: 'accounts_disabled' });
  });

  it('lets a draining account go on with its own chats only', async () => {
    await fixture.import({ QWEN_TOKENS: tokensOf('b') });
    const drained = await firstId();
    await setOwnerState(fixture.test.table, drained, 'drain');
    const pool = fixture.newPool();
    for (let turn = 0; turn < 3; turn++) expect((await pool.lease('chat')).accountId).not.toBe(drained);
    expect((await pool.lease('chat', { accountId: drained })).accountId).toBe(drained);
  });
});
