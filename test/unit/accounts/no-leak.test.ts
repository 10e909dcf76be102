import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import { addAccount } from '../../../shared/accounts/add-account.ts';
import { AccountUnusableError } from '../../../shared/chat/errors/account-faults.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { newPoolFixture, start } from './pool-fixture.ts';

const password = 'hunter2-hunter2';
const email = 'somebody@example.com';
const refreshToken = 'refresh-0123456789';
const pasted = makeToken({ id: 'pasted-user', exp: start / 1000 + 3600 }, 'pasted-signature');
const gained = makeToken({ id: 'gained-user', exp: start / 1000 + 900 }, 'gained-signature');
const secrets = [
  password,
  email,
  refreshToken,
  pasted,
  gained,
  'pasted-signature',
  'gained-signature',
  'somebody',
  'cookie-value',
  'proxy-',
];

let dynalite: DynaliteServer;

beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

it('shows no secret in reports, health, errors and rows', async () => {
  const fixture = await newPoolFixture(dynalite);
  const pool = fixture.newPool();
  const shown: unknown[] = [];
  shown.push(await fixture.import({ QWEN_TOKEN: pasted, ACCOUNTS: `${email}:${password},broken-${password}` }));
  fixture.signIn = async () => ({ token: gained, refreshToken });
  const cookieHeader = `cna=cookie-value-0123; refresh_token=${refreshToken}-pasted`;
  const proxyUrl = 'http://proxy-user:proxy-password@127.0.0.1:1';
  shown.push(await addAccount(fixture.test.table, fixture.box, { cookie: cookieHeader, proxyUrl }, 'test'));
  shown.push(await fixture.newPool().health());
  const { id } = await addAccount(fixture.test.table, fixture.box, { cookie: cookieHeader, proxyUrl }, 'test');
  await fixture.test.table.delete(accountKey(lane, id));
  const leases = [await pool.lease('chat'), await pool.lease('chat')];
  expect(leases.map(({ credentials }) => credentials.token).toSorted()).toEqual([gained, pasted].toSorted());
  shown.push(await pool.health(), await fixture.rows());

  // Even an error that repeats what was sent does not reach the reasons.
  const telling = new AccountUnusableError(`no such ${email} ${password} ${pasted}`, {
    upstreamCode: `bad ${password}`,
  });
  for (const lease of leases) await pool.settle(lease, 'chat', telling);
  shown.push(await pool.health(), await fixture.rows());
  shown.push(await pool.lease('chat').catch((error) => error));

  await fixture.import({ ACCOUNTS: `${email}:${password}-changed` });
  fixture.signIn = () => Promise.reject(telling);
  shown.push(await pool.lease('chat').catch((error) => error));
  shown.push(
    await fixture
      .newPool()
      .lease('chat')
      .catch((error) => error),
    await fixture.rows(),
  );

  for (const secret of secrets) {
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(inspect(shown, { depth: 10 })).not.toContain(secret);
  }
  // The test can fail: what is looked for is what was used.
  expect(JSON.stringify(leases)).toContain('pasted-signature');
});
