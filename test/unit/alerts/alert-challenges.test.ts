import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lane } from '../../../shared/accounts/account.ts';
import { alertChallenges } from '../../../shared/alerts/alert-challenges.ts';
import { type Alert, createNotifyOwner } from '../../../shared/alerts/notify-owner.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { accountKey } from '../../../shared/store/keys.ts';
import { type DynaliteServer, startDynalite } from '../../support/dynalite-table.ts';

let server: DynaliteServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.close());

async function openPool() {
  const { table } = await server.newTable();
  const alerts: Alert[] = [];
  const put = (id: string, state: string) =>
    table.update(accountKey(lane, id), { set: { state, secret: 'sealed', label: `label of ${id}` } });
  const look = (notifyOwner = async (alert: Alert) => void alerts.push(alert)) =>
    alertChallenges({ table, notifyOwner, now: Date.now });
  return { put, look, alerts };
}

describe('an account that waits for a verification', () => {
  it('is told once, however many look and however often, until it was in use again', async () => {
    const { put, look, alerts } = await openPool();
    await put('account-1', 'ok');
    await put('account-2', 'challenge');
    const counts = await Promise.all([look(), look(), look()]);
    expect(counts.toSorted()).toEqual([0, 0, 1]);
    expect(await look()).toBe(0);
    expect(alerts).toMatchObject([{ subject: expect.stringContaining('label of account-2') }]);
    await put('account-2', 'ok');
    expect(await look()).toBe(0);
    await put('account-2', 'challenge');
    expect(await look()).toBe(1);
  });

  it('is told later when it can’t be told now', async () => {
    const { put, look, alerts } = await openPool();
    await put('account-1', 'challenge');
    const broken = look(async () => {
      throw new Error('no way out');
    });
    await expect(broken).rejects.toThrow('no way out');
    expect(await look()).toBe(1);
    expect(alerts).toHaveLength(1);
  });

  it.each(['ok', 'invalid', 'disabled', 'draining'])('%s is no reason for an alert', async (state) => {
    const { put, look } = await openPool();
    await put('account-1', state);
    expect(await look()).toBe(0);
  });
});

it('without a topic an alert is a loud line in the log', async () => {
  const lines: string[] = [];
  const logger = createLogger('error', (line) => lines.push(line));
  await createNotifyOwner({}, logger)({ subject: 'subject', text: 'text' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    message: 'OWNER, PLEASE ACT',
    subject: 'subject',
  });
});
