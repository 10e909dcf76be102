import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import { type AccountInput, addAccount } from '../../../shared/accounts/add-account.ts';
import { InvalidRequestError } from '../../../shared/chat/errors/request-errors.ts';
import { accountKey, accountsPartition } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { newRenewalFixture, type RenewalFixture } from './renewal-fixture.ts';

const token = makeToken({ id: 'user-1', exp: 1_800_000_000 }, 'first');
const fresh = makeToken({ id: 'user-1', exp: 1_800_000_500 }, 'second');
const refreshToken = 'refresh-0123456789abcdef';
let dynalite: DynaliteServer;
let fixture: RenewalFixture;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newRenewalFixture(dynalite);
});
afterAll(() => dynalite.close());

const add = (input: AccountInput) => addAccount(fixture.test.table, fixture.box, input, 'admin');

describe('addAccount', () => {
  it('takes a token', async () => {
    expect(await add({ token: ` "${token}" ` })).toMatchObject({ outcome: 'added' });
    expect(await fixture.account()).toMatchObject({
      source: 'admin',
      hasToken: true,
      canRefresh: false,
      tokenExpiresAt: 1_800_000_000_000,
    });
  });

  it('finds both tokens in a Cookie header, which it keeps as it is', async () => {
    const cookie = `cna=1;  token=${token};refresh_token=${refreshToken}; ssxmod_itna=x`;
    const { id } = await add({ cookie: `Cookie: ${cookie}` });
    expect(id).toBe((await add({ token })).id);
    await add({ cookie });
    expect(await fixture.secret()).toMatchObject({ cookie, token, refreshToken });
    expect(await fixture.account()).toMatchObject({ canRefresh: true, hasToken: true });
  });

  it('takes e-mail address and password, a label and a proxy', async () => {
    const input = { email: 'Owner@example.com', password: 'with:colon, comma', label: 'mine' };
    await add({ ...input, proxyUrl: 'socks5://me:hunter2@127.0.0.1:1080' });
    expect(await fixture.account()).toMatchObject({ label: 'mine', canSignIn: true, hasToken: false });
    expect(await fixture.secret()).toMatchObject({
      password: 'with:colon, comma',
      proxyUrl: 'socks5://me:hunter2@127.0.0.1:1080',
    });
    const stored = JSON.stringify(await fixture.test.table.query(accountsPartition(lane)));
    for (const secret of ['hunter2', 'colon', 'Owner']) expect(stored).not.toContain(secret);
  });

  it('takes a refresh token alone, which the first use turns into a token', async () => {
    await add({ refreshToken });
    fixture.refresh = async () => ({ token, refreshToken: `${refreshToken}-next` });
    expect((await fixture.newPool().lease('chat')).credentials.token).toBe(token);
    expect(fixture.refreshes).toEqual([refreshToken]);
  });

  it('puts a challenged account back in use by a fresh token or Cookie header, and keeps its proxy', async () => {
    const proxyUrl = 'http://127.0.0.1:8080/';
    const { id } = await add({ token, proxyUrl });
    const challenge = () =>
      fixture.test.table.update(accountKey(lane, id), { set: { state: 'challenge', reason: 'why', cookies: 'old' } });
    await challenge();
    expect(await add({ token: fresh })).toEqual({ id, outcome: 'changed' });
    expect(await fixture.account()).toMatchObject({ state: 'ok', reason: undefined, cookies: undefined });
    await challenge();
    expect(await add({ cookie: `token=${fresh}; x5sec=1` })).toEqual({ id, outcome: 'changed' });
    expect(await fixture.account()).toMatchObject({ state: 'ok' });
    expect((await fixture.newPool().lease('chat')).credentials).toEqual({
      token: fresh,
      cookie: `token=${fresh}; x5sec=1`,
      proxyUrl,
    });
  });

  it('changes nothing when the same is given again', async () => {
    const input = { cookie: `token=${token}`, email: 'owner@example.com', password: 'secret' };
    await add(input);
    const before = await fixture.rows();
    expect(await add(input)).toMatchObject({ outcome: 'unchanged' });
    expect(await fixture.rows()).toEqual(before);
  });

  it.each<[string, AccountInput]>([
    ['token', {}],
    ['token', { cookie: 'cna=hunter2' }],
    ['token', { token: 'hunter2' }],
    ['token', { token: 'two words of hunter2 text' }],
    ['refreshToken', { token, refreshToken: 'hunter2;' }],
    ['cookie', { cookie: 'hunter2' }],
    ['cookie', { cookie: `token=${token}\nx: hunter2` }],
    ['cookie', { cookie: `token=${token}; a=${'h'.repeat(17_000)}` }],
    ['email', { email: 'hunter2', password: 'x' }],
    ['email', { password: 'hunter2' }],
    ['password', { email: 'hunter2@example.com' }],
    ['password', { email: 'hunter2@example.com', password: '' }],
    ['proxyUrl', { token, proxyUrl: 'ftp://me:hunter2@host' }],
    ['proxyUrl', { token, proxyUrl: 'hunter2' }],
    ['label', { token, label: ' ' }],
  ])('names the field %s that is wrong, not its content: %#', async (param, input) => {
    const refused: unknown = await add(input).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidRequestError);
    expect(refused).toMatchObject({ param, status: 400 });
    expect(String(refused)).not.toContain('hunter2');
    expect(await fixture.rows()).toEqual([]);
  });
});
