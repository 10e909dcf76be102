import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import { openSecret, sealSecret } from '../../../shared/accounts/account-secret.ts';
import { importAccounts } from '../../../shared/accounts/import-accounts.ts';
import { removeAccounts } from '../../../shared/accounts/remove-accounts.ts';
import { SecretBox } from '../../../shared/secrets/secret-box.ts';
import { accountKey, accountsPartition } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { newPoolFixture, type PoolFixture } from './pool-fixture.ts';

const first = makeToken({ id: 'user-1', exp: 1_800_000_000 }, 'first');
const second = makeToken({ id: 'user-1', exp: 1_800_000_500 }, 'second');
const opaque = 'opaque-token-0123456789';
let dynalite: DynaliteServer;
let fixture: PoolFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newPoolFixture(dynalite);
});
afterAll(() => dynalite.close());

async function secrets() {
  const rows = await fixture.rows();
  return Promise.all(rows.map((row) => openSecret(fixture.box, row.id, row.secret)));
}

describe('importAccounts', () => {
  it('takes accounts from all three settings', async () => {
    const report = await fixture.import({
      QWEN_TOKEN: first,
      QWEN_TOKENS: `${makeToken({ id: 'user-2' })}, ${opaque} ,,`,
      ACCOUNTS: 'Owner@Example.com:pass:with:colons, other@example.com:secret',
    });
    expect(report).toEqual({ added: 5, changed: 0, unchanged: 0, removed: 0, warnings: [] });
    expect(
      (await fixture.rows()).map(({ label, state, source, hasToken, canSignIn, tokenExpiresAt }) => [
        label.replace(/[0-9a-f]{6}$/, '#'),
        state,
        source,
        hasToken,
        canSignIn,
        tokenExpiresAt,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['o***@example.com', 'ok', 'environment', false, true, undefined],
        ['O***@Example.com', 'ok', 'environment', false, true, undefined],
        ['token #', 'ok', 'environment', true, false, 1_800_000_000_000],
        ['token #', 'ok', 'environment', true, false, undefined],
      ]),
    );
    expect(await secrets()).toContainEqual(
      expect.objectContaining({ email: 'Owner@Example.com', password: 'pass:with:colons' }),
    );
  });

  it('stores no secret in the clear', async () => {
    await fixture.import({ QWEN_TOKEN: first, ACCOUNTS: 'owner@example.com:hunter2hunter2' });
    const stored = JSON.stringify(await fixture.test.table.query(accountsPartition(lane)));
    for (const secret of [first, 'signature', 'hunter2', 'owner@example.com', 'user-1']) {
      expect(stored).not.toContain(secret);
    }
  });

  it('changes nothing the second time', async () => {
    const env = { QWEN_TOKEN: first, ACCOUNTS: 'owner@example.com:secret' };
    await fixture.import(env);
    const before = await fixture.rows();
    expect(await fixture.import(env)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(await fixture.rows()).toEqual(before);
  });

  it('knows an account again by its user and by its e-mail address in any case', async () => {
    await fixture.import({ QWEN_TOKEN: first, ACCOUNTS: 'owner@example.com:secret' });
    const ids = (await fixture.rows()).map(({ id }) => id);
    await fixture.import({ QWEN_TOKEN: second, ACCOUNTS: 'OWNER@example.com:changed' });
    expect((await fixture.rows()).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  it('takes what browsers and headers put around a token', async () => {
    await fixture.import({ QWEN_TOKENS: `"${first}",Bearer ${opaque}` });
    expect((await secrets()).map(({ token }) => token).toSorted()).toEqual([first, opaque].toSorted());
  });

  it('puts an account back in use when its token is new, and only then', async () => {
    await fixture.import({ QWEN_TOKEN: first });
    const key = accountKey(lane, (await fixture.rows())[0]?.id ?? '');
    await fixture.test.table.update(key, { set: { state: 'challenge', reason: 'why', chatWaitUntil: 5 } });
    expect(await fixture.import({ QWEN_TOKEN: first })).toMatchObject({ unchanged: 1 });
    expect(await fixture.rows()).toMatchObject([{ state: 'challenge', reason: 'why' }]);
    expect(await fixture.import({ QWEN_TOKEN: second })).toMatchObject({ changed: 1 });
    expect(await fixture.rows()).toMatchObject([
      { state: 'ok', reason: undefined, tokenExpiresAt: 1_800_000_500_000, waits: { chat: { until: 5 } } },
    ]);
    expect(await secrets()).toMatchObject([{ token: second }]);
  });

  it('leaves a token alone that was renewed since', async () => {
    const env = { ACCOUNTS: 'owner@example.com:secret' };
    await fixture.import(env);
    await fixture.newPool().lease('chat');
    const renewed = await secrets();
    expect(await fixture.import(env)).toMatchObject({ unchanged: 1 });
    expect(await secrets()).toEqual(renewed);
  });

  it('has a changed password signed in with', async () => {
    await fixture.import({ ACCOUNTS: 'owner@example.com:secret' });
    await fixture.newPool().lease('chat');
    await fixture.import({ ACCOUNTS: 'owner@example.com:changed' });
    expect(await fixture.rows()).toMatchObject([{ hasToken: false, tokenExpiresAt: undefined, signedInAt: undefined }]);
    expect(await secrets()).toMatchObject([{ password: 'changed' }]);
  });

  it('keeps a pasted cookie header', async () => {
    await fixture.import({ QWEN_TOKEN: first });
    const id = (await fixture.rows())[0]?.id ?? '';
    const secret = await sealSecret(fixture.box, id, { token: first, cookie: 'jar=1' });
    await fixture.test.table.update(accountKey(lane, id), { set: { secret } });
    await fixture.import({ QWEN_TOKEN: second });
    expect((await fixture.newPool().lease('chat')).credentials).toEqual({ token: second, cookie: 'jar=1' });
  });

  it('replaces what another key has encrypted', async () => {
    const otherKey = randomBytes(32);
    await importAccounts({ QWEN_TOKEN: first }, fixture.test.table, new SecretBox(async () => otherKey));
    expect(await fixture.import({ QWEN_TOKEN: first })).toMatchObject({ changed: 1 });
    expect((await fixture.newPool().lease('chat')).credentials.token).toBe(first);
  });

  it.each([
    ['QWEN_TOKEN', 'short', 1],
    ['QWEN_TOKENS', `${first},two words of text`, 2],
    ['QWEN_TOKENS', `${first},line\nbreak-0123456789`, 2],
    ['ACCOUNTS', 'a@example.com:part,of-a-password', 2],
    ['ACCOUNTS', 'nobody:password-x', 1],
    ['ACCOUNTS', 'a@example.com:', 1],
    ['ACCOUNTS', ':password-x', 1],
  ])('warns of %s=%j by place, not by content', async (setting, value, place) => {
    const report = await fixture.import({ [setting]: value });
    expect(report.warnings).toEqual([expect.stringContaining(`${setting}: entry ${place} `)]);
    for (const part of ['short', 'two words', 'line', 'of-a-password', 'password-x', 'nobody']) {
      expect(report.warnings.join()).not.toContain(part);
    }
    expect(report.added).toBe(place - 1);
  });

  it('ends with one row when two import at once', async () => {
    const reports = await Promise.all([fixture.import({ QWEN_TOKEN: first }), fixture.import({ QWEN_TOKEN: first })]);
    expect(reports.map(({ added, unchanged }) => added + unchanged)).toEqual([1, 1]);
    expect(reports.map(({ added }) => added).toSorted()).toEqual([0, 1]);
    expect(await fixture.rows()).toHaveLength(1);
  });
});

describe('removeAccounts', () => {
  it('removes the accounts of one source', async () => {
    await importAccounts({ QWEN_TOKEN: opaque }, fixture.test.table, fixture.box, { source: 'simulator' });
    await fixture.import({ QWEN_TOKEN: first });
    expect(await removeAccounts(fixture.test.table, 'simulator')).toBe(1);
    expect(await fixture.rows()).toMatchObject([{ source: 'environment' }]);
    expect(await removeAccounts(fixture.test.table, 'simulator')).toBe(0);
  });
});
