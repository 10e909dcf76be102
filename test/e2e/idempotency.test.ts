import Anthropic from '@anthropic-ai/sdk';
import { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DialectDoor } from '../support/dialect-doors/dialect-door.ts';
import { dialectDoors } from '../support/dialect-doors/dialect-doors.ts';
import { FunctionProcesses, kill } from '../support/function-processes.ts';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';
import { OpenStream } from '../support/open-stream.ts';
import { pdfFile, pngFile } from '../support/sample-files.ts';

const model = 'qwen3.7-plus';
const guestKey = 'sk-test-guest-key-0123456789';
const doors: readonly (readonly [string, DialectDoor])[] = Object.entries(dialectDoors);
const replayed = 'idempotent-replayed';

describe.each(['start', 'dev'] as const)('an Idempotency-Key, with %s', (mode) => {
  let gateway: TestGateway;
  let number = 0;
  let key = '';
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { API_KEYS: guestKey } });
  });
  beforeEach(() => {
    gateway.simulator.control.heal();
    number += 1;
    key = `key ${number}`;
  });
  afterAll(() => gateway.close());

  const completions = () =>
    gateway.simulator.control.requests().filter(({ route, path }) => route === 'completion' && path !== '').length;
  const keyed = (apiKey = gateway.adminKey) => ({ authorization: `Bearer ${apiKey}`, 'idempotency-key': key });
  const post = (path: string, body: object, headers = keyed()) => gateway.request('POST', path, body, headers);
  const textOf = async (response: Response) => ({
    status: response.status,
    text: await response.text(),
    isReplay: response.headers.get(replayed) === 'true',
  });

  it.each(doors)('brings the same answer of %s again, streamed and whole', async (_name, door) => {
    for (const stream of [true, false]) {
      key = `${key} ${stream}`;
      const before = completions();
      const { path, body } = door.request(`say ${key}`, stream);
      const first = await textOf(await post(path, body));
      const again = await textOf(await post(path, body));
      expect(first).toMatchObject({ status: 200, isReplay: false });
      expect(again).toEqual({ ...first, isReplay: true });
      expect(completions()).toBe(before + 1);
      const refused = await post(path, door.request('something else', stream).body);
      expect(refused.status).toBe(409);
      const wanted = { status: 409, type: 'idempotency_error', code: 'idempotency_conflict' };
      expect(door.readWhole(await refused.text()).error).toEqual(door.wordsOf(wanted));
    }
  });

  it('works in the official clients', async () => {
    const before = completions();
    const headers = { 'idempotency-key': key };
    const request = { model, messages: [{ role: 'user' as const, content: 'hello' }] };
    const answers = [];
    for (let times = 0; times < 2; times += 1) {
      answers.push(await gateway.openai.chat.completions.create(request, { headers }));
    }
    expect(answers[1]).toEqual(answers[0]);
    const anthropic = new Anthropic({ baseURL: gateway.runtime.url, apiKey: gateway.adminKey, maxRetries: 0 });
    const messages = [];
    for (let times = 0; times < 2; times += 1) {
      messages.push(await anthropic.messages.stream({ ...request, max_tokens: 100 }, { headers }).finalMessage());
    }
    expect(messages[1]).toEqual(messages[0]);
    expect(completions()).toBe(before + 2);
  });

  it('makes one answer of many requests at once', async () => {
    // Each of them is a process there.
    const many = mode === 'start' ? 50 : 6;
    const before = completions();
    const body = ask(`repeat: ${Array.from({ length: 40 }, (_, word) => `word${word}`).join(' ')}`, { stream: true });
    const all = await Promise.all(
      Array.from({ length: many }, async () => textOf(await post('/v1/chat/completions', body))),
    );
    expect([...new Set(all.map(({ status, text }) => `${status} ${text}`))]).toEqual([
      expect.stringMatching(/^200 [\s\S]*word39[\s\S]*\[DONE\]/),
    ]);
    expect(all.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(completions()).toBe(before + 1);
  });

  it('lets another function follow an answer that stands still', async () => {
    const { control } = gateway.simulator;
    control.fault({ fault: 'stall-after', after: 3 });
    const body = ask('repeat: one two three four five six', { stream: true });
    const first = post('/v1/chat/completions', body);
    await control.waitFor(({ stalled }) => stalled);
    const other = new OpenStream(await post('/v1/chat/completions', body));
    await other.until((events) => events.some(({ data }) => data.includes('two')));
    control.release();
    const [one, two] = [await textOf(await first), await textOf(await other.end())];
    expect(two).toEqual({ ...one, isReplay: true });
    expect(two.text).toContain('six');
  });

  it('goes on for a caller who has left, and has the whole answer when they come back', async () => {
    const before = completions();
    const { control } = gateway.simulator;
    control.fault({ fault: 'stall-after', after: 2 });
    const body = ask('repeat: one two three four', { stream: true });
    const leave = new AbortController();
    const response = await fetch(`${gateway.runtime.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...keyed() },
      body: JSON.stringify(body),
      signal: leave.signal,
    });
    await new OpenStream(response).until((events) => events.some(({ data }) => data.includes('one')));
    leave.abort();
    control.release();
    const again = await textOf(await post('/v1/chat/completions', body));
    expect(again).toMatchObject({ status: 200, isReplay: true });
    expect(again.text).toContain('four');
    expect(again.text).toContain('[DONE]');
    expect(completions()).toBe(before + 1);
  });

  it('does not keep an answer that broke, or an error', async () => {
    const { control } = gateway.simulator;
    control.fault({ fault: 'cut-after', after: 3 });
    const body = ask('repeat: one two three four five', { stream: true });
    expect((await textOf(await post('/v1/chat/completions', body))).text).toContain('"error"');
    const good = await textOf(await post('/v1/chat/completions', body));
    expect(good).toMatchObject({ status: 200, isReplay: false });
    expect(await textOf(await post('/v1/chat/completions', body))).toEqual({ ...good, isReplay: true });
    key = `${key} more`;
    expect((await post('/v1/chat/completions', { ...body, messages: 'none' })).status).toBe(400);
    expect((await post('/v1/chat/completions', body)).status).toBe(200);
  });

  it('is each key’s own', async () => {
    const body = ask('hello');
    const mine = await parsed(await post('/v1/chat/completions', body));
    const theirs = await post('/v1/chat/completions', body, keyed(guestKey));
    expect(theirs.headers.get(replayed)).toBeNull();
    expect((await parsed(theirs)).id).not.toBe(mine.id);
  });

  it('makes one file of a form that is sent twice', async () => {
    const create = async (name: string) =>
      gateway.openai.files.create(
        { file: await toFile(pdfFile, name), purpose: 'user_data' },
        { headers: { 'idempotency-key': key } },
      );
    const made = await create('birds.pdf');
    expect(await create('birds.pdf')).toEqual(made);
    await expect(create('other birds.pdf')).rejects.toMatchObject({ status: 409, code: 'idempotency_conflict' });
    const ids = (await gateway.openai.files.list()).data.map(({ id }) => id);
    expect(ids.filter((id) => id === made.id)).toHaveLength(1);
    expect(ids).toHaveLength(1);
  });

  it('makes one picture, one edited one, and one chat', async () => {
    const before = completions();
    const headers = { 'idempotency-key': key };
    const generate = () =>
      gateway.openai.images.generate({ model, prompt: 'A circle', response_format: 'b64_json' }, { headers });
    expect(await generate()).toEqual(await generate());
    const image = await toFile(pngFile(), 'circle.png', { type: 'image/png' });
    const edit = () => gateway.openai.images.edit({ model, prompt: 'Red', image }, { headers });
    expect(await edit()).toEqual(await edit());
    expect(completions()).toBe(before + 2);
    const chats = [];
    for (let times = 0; times < 2; times += 1) chats.push(await parsed(await post('/api/chats', { name: 'one' })));
    expect(chats[1]).toEqual(chats[0]);
  });
});

it('belongs to the next request when the function that made its answer was killed', async () => {
  const processes = new FunctionProcesses();
  const gateway = await openGateway({ mode: 'dev', env: { ACCOUNT_LEASE_SECONDS: '5', ACCOUNT_MAX_IN_FLIGHT: '2' } });
  try {
    const { control } = gateway.simulator;
    const body = ask('repeat: one two three four', { stream: true });
    const headers = { authorization: `Bearer ${gateway.adminKey}`, 'idempotency-key': 'killed' };
    const post = async () => (await gateway.request('POST', '/v1/chat/completions', body, headers)).text();
    control.fault({ fault: 'stall-after', after: 0 });
    const serving = processes.next();
    const first = post().catch((error: unknown) => error);
    await control.waitFor(({ stalled }) => stalled);
    const waiting = post();
    await kill(await serving);
    const text = await waiting;
    expect(text).toContain('four');
    expect(text).toContain('[DONE]');
    expect(await post()).toBe(text);
    expect(String(await first)).not.toContain('[DONE]');
    expect(control.requests().filter(({ route }) => route === 'completion')).toHaveLength(2);
  } finally {
    await gateway.close();
    processes.close();
  }
}, 90_000);
