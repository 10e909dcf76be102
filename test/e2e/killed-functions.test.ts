import { afterAll, beforeAll, expect, it } from 'vitest';
import { FunctionProcesses } from '../support/function-processes.ts';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { answerText, KilledRequests, killPoints, type Seen } from '../support/killed-request.ts';
import { markdownTable } from '../support/markdown-table.ts';

const kills = 100;
const leaseSeconds = 5;
const emails = Array.from({ length: 22 }, (_, number) => `account${number}@example.com`);

let gateway: TestGateway;
let processes: FunctionProcesses;
beforeAll(async () => {
  processes = new FunctionProcesses();
  // Chats are deleted after their answers, so that a function can be killed in that, too.
  const env = {
    ACCOUNT_LEASE_SECONDS: String(leaseSeconds),
    IDLE_EVENT_SECONDS: '1',
    ACCOUNT_WAIT_SECONDS: '60',
    CONVERSATIONS: 'always-new',
  };
  gateway = await openGateway({ mode: 'dev', accounts: emails, env });
});
afterAll(async () => {
  await gateway.close();
  processes.close();
});

interface Listed {
  readonly state: string;
  readonly leased_until: string | null;
}

/** The accounts as their owner sees them: all in use, and none leased for longer than a lease lasts. */
async function inspectAccounts(): Promise<void> {
  const { data }: { data: readonly Listed[] } = await parsed(await gateway.request('GET', '/admin/accounts'));
  const latest = Date.now() + leaseSeconds * 1000;
  expect(data.map(({ state }) => state)).toEqual(emails.map(() => 'ok'));
  expect(data.filter(({ leased_until: until }) => until !== null && Date.parse(until) > latest)).toEqual([]);
}

/** How a caller's request ended; nothing but the whole answer may look like a good end. */
function endingOf({ status, text, broken }: Seen): 'error' | 'broken off' | 'whole' {
  if (status !== 200) {
    expect([status, JSON.parse(text)]).toEqual([502, { message: 'Internal Server Error' }]);
    return 'error';
  }
  const contents = [...text.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content).join('');
  if (broken) return 'broken off';
  expect(contents).toBe(answerText);
  if (!text.startsWith('{')) expect(text).toMatch(/data: \[DONE\]\s*$/);
  return 'whole';
}

/** An answer that takes longer than many leases, in a function that nobody kills. */
async function beginLongAnswer() {
  gateway.simulator.control.fault({ fault: 'stall-after', after: 3 });
  const body = ask(`repeat: ${answerText}`, { stream: true });
  const text = gateway.request('POST', '/v1/chat/completions', body).then((response) => response.text());
  // Should the test fail before, nobody waits for it.
  text.catch(() => {});
  const { account = '' } = await gateway.simulator.control.waitFor((entry) => entry.stalled);
  return { account, text };
}

const isCompletion = ({ route }: { readonly route: string }) => route === 'completion';
const usersOf = (account: string) =>
  gateway.simulator.control.requests().filter((entry) => isCompletion(entry) && entry.account === account);

/** As many answers at once as there are accounts, each of which serves one: those whose leases last are waited for. */
async function useAllAtOnce(): Promise<void> {
  const { control } = gateway.simulator;
  control.fault({ fault: 'stall-after', after: 3, times: emails.length });
  const body = ask(`repeat: ${answerText}`, { stream: true });
  const texts = emails.map(async () => (await gateway.request('POST', '/v1/chat/completions', body)).text());
  const isStalled = new Set<string>();
  await control.waitFor(({ stalled, account }) => {
    if (stalled && account !== undefined) isStalled.add(account);
    return isStalled.size === emails.length;
  });
  control.release();
  for (const text of await Promise.all(texts)) expect(text).toMatch(/data: \[DONE\]\s*$/);
}

it(`${kills} kills at random points: no caller is told a lie, no account stays leased, none is lost`, {
  timeout: 600_000,
}, async () => {
  const { control } = gateway.simulator;
  const long = await beginLongAnswer();
  // Starts the function of the admin API, so that only killed ones start from here on.
  await inspectAccounts();
  control.pace(1);
  const callers = new KilledRequests(gateway, processes);
  const endings: [string, string][] = [];
  for (let count = 0; count < kills; count += 1) {
    const [name = '', makePoint] = killPoints[count % killPoints.length] ?? [];
    if (makePoint === undefined) continue;
    if (Math.random() < 0.2) expect(endingOf(await callers.plain())).toBe('whole');
    const point = makePoint();
    const stream = point.type === 'text' || Math.random() < 0.5;
    endings.push([name, endingOf(await callers.killed(point, stream))]);
    await inspectAccounts();
  }
  control.pace(0);
  print(endings);

  // The lease of the long answer was renewed all the time, so that nobody else came to its account.
  expect(usersOf(long.account)).toHaveLength(1);
  control.release();
  expect(await long.text).toMatch(/data: \[DONE\]\s*$/);
  await useAllAtOnce();
  await inspectAccounts();
  expect(control.violations()).toEqual([]);
});

function print(endings: readonly (readonly [string, string])[]): void {
  const count = (name: string, ending: string) => endings.filter((one) => one[0] === name && one[1] === ending).length;
  const columns = ['error', 'broken off', 'whole'] as const;
  const rows = killPoints.map(([name]) => [name, ...columns.map((ending) => count(name, ending))]);
  console.log(markdownTable(['a function was killed', 'error', 'broken off', 'whole answer'], rows));
}
