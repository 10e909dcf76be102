import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccountRows } from '../../../shared/accounts/account-rows.ts';
import { AccountDesk } from '../../../shared/admin/accounts/account-desk.ts';
import { createRefreshAll } from '../../../shared/admin/accounts/refresh-all.ts';
import { AuditLog } from '../../../shared/admin/audit/audit-log.ts';
import { AccountUnauthorizedError } from '../../../shared/chat/errors/account-faults.ts';
import { InvalidRequestError } from '../../../shared/chat/errors/request-errors.ts';
import { Background } from '../../../shared/http/background.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';
import { makeToken } from '../../support/jwt.ts';
import { newRenewalFixture, type RenewalFixture } from '../accounts/renewal-fixture.ts';

let dynalite: DynaliteServer;
let fixture: RenewalFixture;
beforeAll(async () => {
  dynalite = await startDynalite();
});
beforeEach(async () => {
  fixture = await newRenewalFixture(dynalite);
  for (const name of ['a', 'b', 'c', 'd']) await fixture.import({ ACCOUNTS: `${name}${name}@example.com:password` });
  await fixture.import({ QWEN_TOKEN: makeToken({ id: 'pasted', exp: 4_000_000_000 }) });
});
afterAll(() => dynalite.close());

/** Asks the route as an owner does. @param beginWithin milliseconds. */
async function refreshAll(body: unknown, beginWithin?: number) {
  const { table } = fixture.test;
  const rows = new AccountRows(table, () => fixture.time);
  const never = () => Promise.reject(new Error('nobody asks for this'));
  const upstream = { check: never, signIn: never };
  const desk = new AccountDesk({ table, rows, renewals: fixture.newInstance(), secretBox: fixture.box, upstream });
  const audit = new AuditLog(table);
  const route = createRefreshAll(desk, audit, beginWithin);
  const { body: text } = await route({
    requestId: 'request',
    caller: { id: 'key-1', role: 'admin' },
    parameters: {},
    query: {},
    headers: {},
    body,
    background: new Background(createLogger('error')),
    remainingMilliseconds: () => 1000,
    note: () => {},
  });
  const answer = JSON.parse(String(text));
  const [{ details = '' } = {}] = await audit.newest(1);
  const outcomes = answer.data.map(({ label, outcome }: { label: string; outcome: string }) => `${label} ${outcome}`);
  return { ...answer, details, outcomes: outcomes.toSorted() };
}

const labels = ['a***@example.com', 'b***@example.com', 'c***@example.com', 'd***@example.com'];

describe('POST /admin/accounts/refresh', () => {
  it('renews each account that can be renewed, and tells of one’s failure beside the others', async () => {
    const { signIn } = fixture;
    fixture.signIn = (email, password) =>
      email.startsWith('bb') ? Promise.reject(new AccountUnauthorizedError('no')) : signIn(email, password);
    const { outcomes, left, details } = await refreshAll(undefined);
    expect(outcomes).toEqual(
      labels.map((label) => `${label} ${label.startsWith('b') ? 'account_signed_out' : 'renewed'}`),
    );
    expect([left, details]).toEqual([0, '3 of 4 renewed, 0 left']);
  });

  it('says which were left when there is no time to begin more, and goes on with these', async () => {
    const first = await refreshAll({}, 0);
    expect(first.outcomes).toEqual(labels.map((label) => `${label} left`));
    expect([first.left, first.details, fixture.signIns]).toEqual([4, '0 of 4 renewed, 4 left', []]);
    const ids = first.data.slice(0, 2).map(({ id }: { id: string }) => id);
    const second = await refreshAll({ ids: [...ids, 'account-unknown'] });
    expect(second.outcomes).toEqual([
      ...first.data.slice(0, 2).map(({ label }: { label: string }) => `${label} renewed`),
      'null account_not_found',
    ]);
    expect(fixture.signIns).toHaveLength(2);
  });

  it.each([{ ids: 'all' }, { ids: [1] }, { ids: Array.from({ length: 1001 }, String) }])(
    'refuses ids that are none',
    async (body) => {
      await expect(refreshAll(body)).rejects.toThrow(InvalidRequestError);
    },
  );
});
