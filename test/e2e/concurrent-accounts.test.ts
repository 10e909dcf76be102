import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FaultRule } from '../../local/simulator/faults/fault-rule.ts';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { markdownTable } from '../support/markdown-table.ts';
import { type Outcome, readOutcome } from '../support/read-outcome.ts';

const emails = Array.from({ length: 10 }, (_, number) => `account${number}@example.com`);
const challenged = 'account3@example.com';
const limited = 'account7@example.com';
const faults: readonly FaultRule[] = [
  { fault: 'internal-500', times: 12 },
  { fault: 'reset', times: 8 },
  { fault: 'rgv587', account: challenged, times: 1000 },
  { fault: 'http-429', account: limited, times: 1000 },
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ accounts: emails, env: { ACCOUNT_WAIT_SECONDS: '120' } });
});
afterAll(() => gateway.close());

/** The most completions that the simulator saw at once, by account. */
function watchInFlight(): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  gateway.simulator.control.waitFor(({ account }) => {
    if (account === undefined) return false;
    const open = gateway.simulator.control
      .requests()
      .filter((entry) => entry.route === 'completion' && entry.outcome === 'open' && entry.account === account);
    most.set(account, Math.max(most.get(account) ?? 0, open.length));
    return false;
  });
  return most;
}

it('two hundred callers at once, ten accounts, faults of many kinds', async () => {
  const { control } = gateway.simulator;
  for (const fault of faults) control.fault(fault);
  const mostInFlight = watchInFlight();
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, async (_, number): Promise<Outcome> => {
      const body = ask(`repeat: answer ${number}`, { stream: number % 2 === 0 });
      return readOutcome(await gateway.request('POST', '/v1/chat/completions', body));
    }),
  );

  const { accounts } = await parsed(await gateway.request('GET', '/api/status'));
  const uses = emails.map(
    (email) => control.requests().filter(({ route, account }) => route === 'completion' && account === email).length,
  );
  console.log(
    markdownTable(
      ['account', 'completions', 'at once at most'],
      emails.map((email, number) => [email, uses[number], mostInFlight.get(email)]),
    ),
  );
  // A passing fault that meets a request twice is told; nothing else goes wrong for anybody.
  const served = outcomes.filter(({ status }) => status === 200);
  expect(served.length).toBeGreaterThan(190);
  for (const { status, text, done } of outcomes) {
    if (status !== 200) expect([status, text, done]).toEqual([502, '', false]);
    else expect([text, done]).toEqual([expect.stringMatching(/^answer \d+$/), true]);
  }
  for (const email of emails) expect(mostInFlight.get(email)).toBe(1);
  const states = accounts.map(({ state }: { state: string }) => state).toSorted();
  expect(states).toEqual(['challenge', ...Array.from({ length: 8 }, () => 'ok'), 'wait']);
});
