import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, openGateway, type TestGateway } from '../support/gateway.ts';

const chat = '/v1/chat/completions';
const owner = 'one@example.com';

/** What is left upstream, in the store and in the log after answers of all kinds. */
describe.each(['start', 'dev'] as const)('after an answer that nobody may go on from, npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { CONVERSATIONS: 'always-new' } });
  });
  afterAll(() => gateway.close());

  const deleted = (path: string) =>
    gateway.simulator.control.waitFor(
      (entry) => entry.method === 'DELETE' && entry.path === path && entry.outcome === 'answered',
    );

  async function lastCompletion(): Promise<string> {
    const entry = gateway.simulator.control.requests().findLast(({ route }) => route === 'completion');
    return `/api/v2/chats/${new URLSearchParams(entry?.query).get('chat_id')}`;
  }

  it.each([true, false])('the upstream chat is deleted (stream: %s)', async (stream) => {
    await (await gateway.request('POST', chat, ask('hi', { stream }))).text();
    await deleted(await lastCompletion());
    expect(gateway.simulator.control.chats(owner)).toEqual([]);
    expect(gateway.simulator.control.violations()).toEqual([]);
  });

  it('a chat whose answer was cut by a limit is stopped before it is deleted', async () => {
    gateway.simulator.control.pace(5);
    await (await gateway.request('POST', chat, ask('count to 500', { max_tokens: 5 }))).text();
    await deleted(await lastCompletion());
    gateway.simulator.control.pace(0);
    expect(gateway.simulator.control.requests().some(({ path }) => path === '/api/v2/chat/completions/stop')).toBe(
      true,
    );
    expect(gateway.simulator.control.violations()).toEqual([]);
    expect(gateway.simulator.control.activeStreams()).toEqual([]);
  });

  it('a chat whose answer broke is deleted too', async () => {
    gateway.simulator.control.fault({ fault: 'cut-after', after: 3 });
    await (await gateway.request('POST', chat, ask('count to 9', { stream: true }))).text();
    await deleted(await lastCompletion());
    expect(gateway.simulator.control.chats(owner)).toEqual([]);
  });
});

describe('npm start, when the caller leaves', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway();
  });
  afterAll(() => gateway.close());

  it('stops the upstream, then deletes the chat', async () => {
    const { control } = gateway.simulator;
    control.fault({ fault: 'stall-after', after: 3 });
    const leaving = new AbortController();
    const stream = await gateway.openai.chat.completions.create(
      { model: 'qwen3.7-plus', messages: [{ role: 'user', content: 'count to 9' }], stream: true },
      { signal: leaving.signal },
    );
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content?.includes('2')) break;
    leaving.abort();
    await control.waitFor(({ route, outcome }) => route === 'completion' && outcome === 'client-gone');
    await control.waitFor(({ method, outcome }) => method === 'DELETE' && outcome === 'answered');
    expect(control.chats(owner)).toEqual([]);
    expect(control.violations()).toEqual([]);
  });
});

describe('KEEP_CHATS', () => {
  it('leaves the chats where they are, under the title of the setting', async () => {
    const gateway = await openGateway({ mode: 'dev', env: { KEEP_CHATS: 'true', CHAT_TITLE: 'Kept' } });
    await (await gateway.request('POST', chat, ask('repeat: stay'))).text();
    expect(gateway.simulator.control.chats(owner)).toMatchObject([
      { title: 'Kept', messages: [{}, { content: 'stay' }] },
    ]);
    await gateway.close();
  });
});

describe('secrets', () => {
  it('stand in no log line, answer or header, whatever goes wrong', async () => {
    const written: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const gateway = await openGateway({ mode: 'dev', env: { LOG_LEVEL: 'debug' } });
    const faults = ['unauthorized-200', 'internal-500', 'rgv587', 'cut-after', 'reset'] as const;
    const answers: string[] = [];
    for (const fault of faults) {
      gateway.simulator.control.fault({ fault, times: 10 });
      const response = await gateway.request('POST', chat, ask('hi', { stream: true }));
      answers.push(JSON.stringify([...response.headers]), await response.text());
      gateway.simulator.control.heal();
    }
    answers.push(await (await gateway.request('GET', '/api/status')).text());
    const sent = gateway.simulator.control.requests().map(({ headers }) => String(headers.authorization ?? ''));
    await gateway.close();
    spy.mockRestore();
    const tokens = new Set(sent.map((value) => value.replace('Bearer ', '')).filter((value) => value.length > 20));
    const everything = [...gateway.lines, ...written, ...answers].join('\n');
    expect(tokens.size).toBeGreaterThan(0);
    expect(everything).toContain('attempt failed');
    for (const secret of [...tokens, 'correct horse', gateway.adminKey]) expect(everything).not.toContain(secret);
  });
});
