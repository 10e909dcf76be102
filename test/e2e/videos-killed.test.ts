import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../local/simulator/simulator.ts';
import { FunctionProcesses } from '../support/function-processes.ts';
import { adminKey, openGateway, type TestGateway } from '../support/gateway.ts';
import { type Fate, judge, StubbornClient } from '../support/killed-videos.ts';
import { markdownTable } from '../support/markdown-table.ts';
import { runProgram } from '../unit/local/running-program.ts';
import { temporaryFolder } from '../unit/local/temporary-folder.ts';

/** What is killed in every run of the tests. */
const few = [
  'worker, while it asks',
  'worker, once the upstream has taken it',
  'poller, while it looks',
  'worker, while it copies',
];
/** All of them take some minutes: npm run test:videos. */
const all = process.env.VIDEOS_KILLS === 'all';
const rounds = all ? 4 : 1;
const restarts = all ? 5 : 1;
const atOnce = 5;
const emails = Array.from({ length: 4 }, (_, number) => `account${number}@example.com`);
const settings = {
  VIDEO_POLL_SECONDS: '1',
  ACCOUNT_LEASE_SECONDS: '5',
  ACCOUNT_MAX_IN_FLIGHT: '8',
  ACCOUNT_SPACING_MS: '0',
  ACCOUNT_WAIT_SECONDS: '20',
};
const table: (readonly unknown[])[] = [];

function report(name: string, fates: readonly Fate[]): void {
  const completed = fates.reduce((sum, fate) => sum + fate.completed, 0);
  const failures = fates.flatMap((fate) => fate.failures);
  table.push([name, completed + failures.length, completed, failures.length, [...new Set(failures)].join(', ') || '-']);
}

afterAll(() => console.log(markdownTable(['killed', 'videos', 'completed once', 'failed', 'why'], table)));

describe('videos whose functions are killed', () => {
  let gateway: TestGateway;
  let processes: FunctionProcesses;
  beforeAll(async () => {
    processes = new FunctionProcesses();
    gateway = await openGateway({ mode: 'dev', accounts: emails, env: settings });
  });
  afterAll(async () => {
    await gateway.close();
    processes.close();
  });

  /** Resolves when the simulator sees the next request of this kind. */
  const seen = (route: string) => {
    const { control } = gateway.simulator;
    const before = control.requests().at(-1)?.number ?? 0;
    return control.waitFor((entry) => entry.number > before && entry.route === route);
  };
  const answered = (route: string) => {
    const { control } = gateway.simulator;
    const before = control.requests().at(-1)?.number ?? 0;
    return control.waitFor((entry) => entry.number > before && entry.route === route && entry.outcome === 'answered');
  };
  /** The same for a request that takes long enough to be killed in. */
  const seenSlowly = (route: 'chat-create' | 'completion' | 'task' | 'download') => {
    gateway.simulator.control.fault({ fault: 'slow-head', route, ms: 150, times: 2 });
    return seen(route);
  };

  const moments: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['client and starter, as the order comes', () => processes.next()],
    ['starter, some time in its work', () => delay(Math.random() * 400)],
    ['worker, as it starts', () => processes.next().then(() => delay(100 + Math.random() * 200))],
    ['worker, while it makes the chat', () => seenSlowly('chat-create')],
    ['worker, once the chat is made', () => answered('chat-create')],
    ['worker, while it asks', () => seenSlowly('completion')],
    ['worker, once the upstream has taken it', () => answered('completion')],
    ['worker, before it has written that down', () => answered('completion').then(() => delay(Math.random() * 10))],
    ['poller, while it looks', () => seenSlowly('task')],
    ['poller, once the video is there', () => answered('task')],
    ['worker, while it copies', () => seenSlowly('download')],
    ['worker, once it has read what it copies', () => answered('download')],
    ['worker, before it has written down the copy', () => answered('download').then(() => delay(Math.random() * 40))],
    ['anybody, at any time', () => delay(Math.random() * 3000)],
  ];

  it.each(all ? moments : moments.filter(([name]) => few.includes(name)))(
    '%s',
    { timeout: 300_000 },
    async (name, moment) => {
      const client = new StubbornClient((method, path, body, headers) =>
        gateway.request(method, path, body, { authorization: `Bearer ${adminKey}`, ...headers }),
      );
      gateway.simulator.control.videoPolls(2);
      const fates: Fate[] = [];
      for (let round = 0; round < rounds; round += 1) {
        gateway.simulator.control.heal();
        // So that all of them start anew.
        await processes.killAll();
        const isTime = moment();
        const orders = Array.from({ length: atOnce }, (_, number) => client.order(`${name} ${round} ${number}`));
        await isTime;
        await processes.killAll();
        const videos = await Promise.all(orders.map(async (order) => client.whenOver(await order)));
        fates.push(judge(videos, gateway.simulator));
      }
      report(name, fates);
      expect(fates.flatMap(({ failures }) => failures)).toEqual([]);
    },
  );
});

describe('videos whose interpreter and store are killed', () => {
  it('go on with the next start', { timeout: 600_000 }, async () => {
    const simulator = await startSimulator();
    onTestFinished(() => simulator.close());
    for (const email of emails) simulator.control.accounts.add({ email, password: 'correct horse' });
    simulator.control.videoPolls(2);
    const environment = {
      ...settings,
      STATE_FOLDER: join(await temporaryFolder(), 'state'),
      QWEN_CHAT_PROXY_URL: simulator.url,
      API_KEY: adminKey,
      ACCOUNTS: emails.map((email) => `${email}:correct horse`).join(','),
      PORT: '0',
    };
    const place = { url: 'http://127.0.0.1:9' };
    const client = new StubbornClient((method, path, body, headers) =>
      fetch(place.url + path, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}`, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    const start = async () => {
      const program = runProgram('dev', environment);
      place.url = (await program.line(/^Native base URL/)).replace(/^Native base URL\s+/, '').replace(/\/api$/, '');
      return program;
    };
    let program = await start();
    const fates: Fate[] = [];
    for (let round = 0; round < restarts; round += 1) {
      const orders = Array.from({ length: atOnce }, (_, number) => client.order(`restart ${round} ${number}`));
      await delay(Math.random() * 2500);
      place.url = 'http://127.0.0.1:9';
      program.process.kill('SIGKILL');
      await program.ended;
      program = await start();
      const videos = await Promise.all(orders.map(async (order) => client.whenOver(await order)));
      fates.push(judge(videos, simulator));
    }
    report('interpreter and store, at any time', fates);
    expect(fates.flatMap(({ failures }) => failures)).toEqual([]);
  });
});
