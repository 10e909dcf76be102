import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { textOf } from './read-frames.ts';
import { SimulatorClient } from './simulator-client.ts';

let simulator: Simulator;
let client: SimulatorClient;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.control.reset();
  client = new SimulatorClient(simulator);
});

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  return (await client.call(method, `/__simulator/${path}`, body)).json;
}

describe('control over HTTP', () => {
  it('sets faults, scripts and the pace', async () => {
    expect(await control('POST', 'fault', { fault: 'rate-limited', num: 3 })).toEqual({ done: true });
    expect(await control('GET', 'faults')).toEqual([{ fault: 'rate-limited', num: 3, times: 1 }]);
    expect((await client.ask()).json).toMatchObject({ data: { code: 'RateLimited', num: 3 } });
    await control('POST', 'script', { text: ['from', ' afar'] });
    await control('POST', 'pace', { chunkDelayMs: 1 });
    expect(textOf((await client.ask()).text)).toBe('from afar');
  });

  it('registers, expires and removes accounts', async () => {
    const account = { email: 'a@example.com', password: 'x' };
    expect(await control('POST', 'accounts', account)).toMatchObject({ email: account.email });
    expect(await control('GET', 'accounts')).toEqual(['owner@example.com', account.email]);
    const { token } = z.object({ token: z.string() }).parse(await control('GET', `token/${account.email}`));
    const check = async () =>
      (await client.call('GET', '/api/v2/chats/', undefined, { authorization: `Bearer ${token}` })).json;
    expect(await check()).toMatchObject({ success: true });
    await control('POST', 'expire', { email: account.email });
    expect(await check()).toMatchObject({ success: false });
    expect(await control('DELETE', `accounts/${account.email}`)).toEqual({ done: true });
    expect(await control('DELETE', `accounts/${account.email}`)).toEqual({ done: false });
  });

  it('tells of requests, streams, chats and violations, and waits and releases', async () => {
    await control('POST', 'fault', { fault: 'stall-after', after: 2 });
    const chat = await client.createChat();
    const running = await client.openCompletion(chat, { content: 'count to 3' });
    expect(await control('POST', 'wait', { route: 'completion', stalled: true })).toMatchObject({ chunks: 2 });
    expect(await control('GET', 'streams')).toMatchObject([{ chatId: chat, stalled: true }]);
    await control('POST', 'release');
    expect(textOf(await running.text())).toBe('1 2 3');
    expect(await control('POST', 'wait', { route: 'completion', outcome: 'answered' })).toMatchObject({ chunks: 3 });
    expect(await control('GET', 'requests')).toMatchObject([
      {
        route: 'chat-create',
        method: 'POST',
        path: '/api/v2/chats/new',
        account: client.email,
        status: 200,
      },
      { route: 'completion', body: { model: 'qwen3.7-plus' }, outcome: 'answered' },
    ]);
    expect(await control('GET', `chats/${client.email}`)).toMatchObject([
      {
        id: chat,
        messages: [
          { role: 'user', content: 'count to 3' },
          { role: 'assistant', content: '1 2 3' },
        ],
      },
    ]);
    expect(await control('GET', 'violations')).toEqual([]);
    expect(await control('POST', 'reset')).toEqual({ done: true });
    expect(await control('GET', 'requests')).toEqual([]);
  });

  it.each([
    ['fault', { fault: 'no-such-fault' }, 'no such fault'],
    ['fault', { fault: 'rate-limited', time: 2 }, 'time'],
    ['script', { texts: 'x' }, 'texts'],
    ['pace', undefined, 'object'],
  ])('refuses a bad %s', async (path, body, hint) => {
    const answer = await client.call('POST', `/__simulator/${path}`, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(hint);
  });

  it('knows its own paths only', async () => {
    expect((await client.call('GET', '/__simulator/nothing')).status).toBe(404);
    expect((await client.call('GET', '/no/such/path/at/all')).status).toBe(404);
  });
});

describe('control in process', () => {
  it('refuses an unknown fault and an unknown account', () => {
    // @ts-expect-error: no such name; the check is for those who call without types.
    expect(() => simulator.control.fault({ fault: 'nonsense' })).toThrow(RangeError);
    expect(() => simulator.control.accounts.token('nobody')).toThrow(RangeError);
    expect(simulator.control.chats('nobody')).toEqual([]);
  });

  it('waits for requests to come, and finds those that came', async () => {
    const waiting = simulator.control.waitFor((entry) => entry.route === 'models');
    await client.createChat();
    await client.call('GET', '/api/models');
    expect((await waiting).path).toBe('/api/models');
    const [first] = simulator.control.requests();
    expect(await simulator.control.waitFor((entry) => entry.route === 'chat-create')).toBe(first);
  });

  it('heal takes back what has not gone wrong yet', async () => {
    simulator.control.fault({ fault: 'internal-500', route: 'models', times: 3 });
    expect((await client.call('GET', '/api/models')).status).toBe(500);
    simulator.control.heal();
    expect(simulator.control.faults()).toEqual([]);
    expect((await client.call('GET', '/api/models')).status).toBe(200);
  });

  it('reset cuts what is running', async () => {
    simulator.control.fault({ fault: 'stall-after', after: 1 });
    const running = await client.openCompletion(await client.createChat());
    await simulator.control.waitFor((entry) => entry.stalled);
    simulator.control.reset();
    await expect(running.text()).rejects.toThrow();
    expect(simulator.control.accounts.list()).toEqual(['owner@example.com']);
  });

  it('keeps a bounded journal', async () => {
    const small = await startSimulator({ journalSize: 3 });
    for (let count = 0; count < 20; count += 1) {
      await (await fetch(`${small.url}/api/models`)).arrayBuffer();
    }
    const numbers = small.control.requests().map((entry) => entry.number);
    expect(numbers.at(-1)).toBe(20);
    expect(numbers.length).toBeLessThanOrEqual(6);
    await small.close();
  });
});

describe('close', () => {
  it('ends running answers and frees the port', async () => {
    const other = await startSimulator();
    const visitor = new SimulatorClient(other);
    other.control.fault({ fault: 'stall-after', after: 1 });
    const running = await visitor.openCompletion(await visitor.createChat());
    await other.control.waitFor((entry) => entry.stalled);
    const broken = expect(running.text()).rejects.toThrow();
    await other.close();
    await broken;
    const again = await startSimulator({ port: Number(new URL(other.url).port) });
    expect(again.url).toBe(other.url);
    await again.close();
  });
});

describe('main', () => {
  it('prints its address, serves, and ends on a signal', async () => {
    const child = spawn(process.execPath, ['local/simulator/main.ts', '--chunk-delay', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exited = once(child, 'exit');
    const [url] = z.tuple([z.url()]).parse(await once(createInterface(child.stdout), 'line'));
    expect((await fetch(`${url}/api/models`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
