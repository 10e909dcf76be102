import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import type { AccountPool } from '../../../shared/accounts/account-pool.ts';
import { addAccount } from '../../../shared/accounts/add-account.ts';
import { accountsPartition } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { start } from './pool-fixture.ts';
import { newRenewalFixture, type RenewalFixture } from './renewal-fixture.ts';

const token = makeToken({ id: 'user', exp: start / 1000 + 86_400 });
const fresh = makeToken({ id: 'user', exp: start / 1000 + 2 * 86_400 });
const cookie = `cna=1; token=${token}`;
let dynalite: DynaliteServer;
let fixture: RenewalFixture;
let pool: AccountPool;

beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newRenewalFixture(dynalite);
  pool = fixture.newPool();
});
afterAll(() => dynalite.close());

/** An answer of the upstream sets these cookies, and its request ends. */
async function answer(...setCookies: string[]) {
  const lease = await pool.lease('chat');
  lease.credentials.keepCookies?.(setCookies);
  await pool.settle(lease, 'chat', 'ok');
  await pool.flush();
  return lease;
}

async function cookieElsewhere(): Promise<string | undefined> {
  return (await fixture.newPool().lease('chat')).credentials.cookie;
}

describe('a jar that an answer has changed', () => {
  it('is used at once, and reaches other instances encrypted', async () => {
    await fixture.add({ cookie });
    const { credentials } = await answer('acw_tc=hunter2; Path=/; HttpOnly');
    expect(credentials.cookie).toBe(`${cookie}; acw_tc=hunter2`);
    expect(await cookieElsewhere()).toBe(`${cookie}; acw_tc=hunter2`);
    const stored = await fixture.test.table.query(accountsPartition(lane));
    expect(inspect([stored, await pool.health()], { depth: 9 })).not.toContain('hunter2');
  });

  it('is stored once a minute at most, the newest of it', async () => {
    await fixture.add({ cookie });
    await answer('acw_tc=1');
    await answer('acw_tc=2');
    expect(await cookieElsewhere()).toBe(`${cookie}; acw_tc=1`);
    fixture.time += 60_000;
    await pool.flush();
    expect(await cookieElsewhere()).toBe(`${cookie}; acw_tc=2`);
    expect((await pool.lease('chat')).credentials.cookie).toBe(`${cookie}; acw_tc=2`);
  });

  it('is taken over from other instances', async () => {
    await fixture.add({ cookie });
    const other = fixture.newPool();
    await other.lease('chat');
    await answer('acw_tc=1');
    fixture.time += 3000;
    await other.health();
    await other.flush();
    expect((await other.lease('chat')).credentials.cookie).toBe(`${cookie}; acw_tc=1`);
  });

  it('stays in this instance for an account that has pasted none', async () => {
    await fixture.add({ token });
    await answer('acw_tc=1');
    expect((await pool.lease('chat')).credentials.cookie).toBe('acw_tc=1');
    expect(await cookieElsewhere()).toBeUndefined();
    expect(await fixture.account()).toMatchObject({ cookies: undefined });
  });

  it('brings a new token and a new refresh token with it', async () => {
    await fixture.add({ cookie: `${cookie}; refresh_token=refresh-0123456789` });
    await fixture.test.table.update(
      { pk: accountsPartition(lane), sk: (await fixture.account()).id },
      { set: { canRefresh: false } },
    );
    await answer(`token=${fresh}; Path=/`, 'refresh_token=refresh-9876543210');
    expect(await fixture.account()).toMatchObject({ canRefresh: true, tokenExpiresAt: start + 2 * 86_400_000 });
    expect(await fixture.secret()).toMatchObject({ token: fresh, refreshToken: 'refresh-9876543210' });
    expect((await fixture.newPool().lease('chat')).credentials.token).toBe(fresh);
  });

  it('is dropped when the owner has pasted another one meanwhile', async () => {
    await fixture.add({ cookie });
    const lease = await pool.lease('chat');
    lease.credentials.keepCookies?.(['acw_tc=1']);
    await addAccount(fixture.test.table, fixture.box, { cookie: `pasted=1; token=${token}` }, 'admin');
    await pool.flush();
    expect(await cookieElsewhere()).toBe(`pasted=1; token=${token}`);
  });
});

describe('an account with only a pasted token', () => {
  it('says when it will end, and that nothing can be done by itself', async () => {
    await fixture.add({ token });
    const [health] = await pool.health();
    expect(health).toMatchObject({ state: 'ok', endsAt: start + 86_400_000 });
    expect(health?.notice).toContain('2026-11-22 12:00 UTC');
    expect(health?.reason).toBeUndefined();
  });

  it('says nothing of the kind when it can be renewed', async () => {
    await fixture.add({ token, refreshToken: 'refresh-0123456789' });
    const [health] = await pool.health();
    expect(health).not.toHaveProperty('endsAt');
    expect(health).not.toHaveProperty('notice');
  });
});
