import { expect, vi } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../../support/gateway.ts';
import { addWeeks } from './usage-weeks.ts';

const labels = ['harbour', 'lighthouse', 'meadow', 'attic'] as const;
const talks = [
  'Sum up the minutes of Tuesday in three lines.',
  'Write a shell line that finds the largest files.',
  'Which of these two contracts ends sooner?',
  'Translate the menu into Russian.',
] as const;

/** A gateway with something on every page: accounts in several states, keys, usage, requests, jobs, changes. */
export async function openFilledGateway(): Promise<TestGateway> {
  const accounts = labels.map((label) => `${label}@example.com`);
  const gateway = await openGateway({ accounts, env: { VIDEO_POLL_SECONDS: '1', SETTINGS_CACHE_SECONDS: '0' } });
  gateway.simulator.control.videoPolls(1);
  const keys = [
    await makeKey(gateway, { name: 'Laptop' }),
    await makeKey(gateway, {
      name: 'Coding agents',
      models: ['qwen3-coder-plus', 'qwen3.7-*'],
      routes: ['chat', 'files'],
      limits: { requests_per_minute: 60, day: { tokens: 2_000_000 } },
    }),
    await makeKey(gateway, { name: 'Reading room', routes: ['chat', 'images'], expires_at: '2099-12-31T12:00:00Z' }),
  ];
  const { data } = await parsed(await gateway.request('GET', '/admin/accounts'));
  const ids: readonly string[] = data.map(({ id }: { readonly id: string }) => id);
  await addWeeks(
    gateway,
    keys.map(({ id }) => id),
    ids,
  );
  await talk(
    gateway,
    keys.map(({ key }) => key),
  );
  await makePicturesAndVideos(gateway);
  await gateway.request('PATCH', '/admin/settings', { values: { DEFAULT_MODEL: 'qwen3.7-max' } });
  await gateway.request('PATCH', '/admin/settings', { values: { DEFAULT_MODEL: 'qwen3.7-plus' } });
  await troubleAccounts(gateway);
  return gateway;
}

async function makeKey(gateway: TestGateway, body: object): Promise<{ readonly id: string; readonly key: string }> {
  const made = await gateway.request('POST', '/admin/keys', body);
  if (!made.ok) throw new Error(await made.text());
  return parsed(made);
}

async function talk(gateway: TestGateway, keys: readonly string[]): Promise<void> {
  for (const [place, words] of [...talks, ...talks].entries()) {
    const model = place % 3 === 0 ? 'qwen3.7-max' : 'qwen3.7-plus';
    const body = ask(words, { model, stream: place % 2 === 0 });
    const headers = { authorization: `Bearer ${keys[place % keys.length]}` };
    await vi.waitFor(async () =>
      expect((await gateway.request('POST', '/v1/chat/completions', body, headers)).status).toBe(200),
    );
  }
  gateway.simulator.control.fault({ fault: 'error-frame', times: 1 });
  await read(gateway.request('POST', '/v1/chat/completions', ask('Tell me about tides.')));
}

async function makePicturesAndVideos(gateway: TestGateway): Promise<void> {
  const { control } = gateway.simulator;
  await read(gateway.request('POST', '/v1/images/generations', { prompt: 'A lighthouse at dusk', size: '16:9' }));
  const order = (prompt: string) => gateway.request('POST', '/v1/videos', { prompt, wait: true, seconds: 5 });
  await read(order('A paper boat drifts over a pond'));
  control.fault({ fault: 'video-failed', times: 1 });
  await read(order('Gulls over the harbour'));
}

/** Addresses are shown by their first letters only. One account is stopped by a verification, and one is taken out of use. */
async function troubleAccounts(gateway: TestGateway): Promise<void> {
  const { control } = gateway.simulator;
  const { data } = await parsed(await gateway.request('GET', '/admin/accounts'));
  const idOf = (label: string) =>
    data.find((one: { readonly label: string }) => one.label.startsWith(label.slice(0, 1)))?.id;
  await read(gateway.request('POST', `/admin/accounts/${idOf('attic')}/disable`));
  control.fault({ fault: 'rgv587', times: 1 });
  await read(gateway.request('POST', '/v1/chat/completions', ask('Good morning')));
  control.heal();
}

async function read(answering: Promise<Response>): Promise<string> {
  return (await answering).text();
}
