import { afterEach, describe, expect, it } from 'vitest';
import {
  adminKey,
  ask,
  openGateway,
  parsed,
  type TestGateway,
  type TestGatewayOptions,
} from '../../support/gateway.ts';

const otherKey = 'sk-test-other-key-0123456789';
const accounts = ['one@example.com', 'two@example.com'];
let gateway: TestGateway;
afterEach(() => gateway.close());

async function open(ids: string, more: TestGatewayOptions = {}): Promise<void> {
  gateway = await openGateway({ accounts, env: { CONVERSATION_IDS: ids, API_KEYS: otherKey }, ...more });
}

async function send(path: string, body: object, key = adminKey) {
  const response = await gateway.request('POST', path, body, { authorization: `Bearer ${key}` });
  return { status: response.status, body: await parsed(response) };
}

const complete = (text: string, more: object = {}, key?: string) => send('/v1/chat/completions', ask(text, more), key);
const chat = (message: string, more: object = {}, key?: string) => send('/api/chat', { message, ...more }, key);
const prompts = () => gateway.simulator.control.prompts();

/** All that a stream's chunks say, each of which must have the same id. */
async function streamed(body: object) {
  const text = await (await gateway.request('POST', '/v1/chat/completions', { ...body, stream: true })).text();
  const chunks = text
    .split('\n\n')
    .filter((part) => part.startsWith('data: {'))
    .map((part) => JSON.parse(part.slice('data: '.length)));
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  return chunks[0];
}

/** The last three answers came in one chat, each seeing those before. */
function expectOneChat(): void {
  const [, , last] = prompts().slice(-3);
  expect(
    new Set(
      prompts()
        .slice(-3)
        .map(({ chatId }) => chatId),
    ).size,
  ).toBe(1);
  expect(last?.text).toBe('repeat: 3');
  expect(last?.conversation).toHaveLength(5);
}

describe('CONVERSATION_IDS', () => {
  it.each(['start', 'dev'] as const)('field: only what is new is sent, in npm run %s', async (mode) => {
    await open('field', { mode });
    const first = await complete('repeat: 1');
    expect(first.body.conversation_id).toMatch(/^conv_/);
    expect(first.body.id).toMatch(/^chatcmpl-/);
    const second = await streamed(ask('repeat: 2', { conversation_id: first.body.conversation_id }));
    expect(second.conversation_id).not.toBe(first.body.conversation_id);
    const third = await complete('repeat: 3', { conversation_id: second.conversation_id });
    expect(third.body.choices[0].message.content).toBe('3');
    expectOneChat();
    const listed = await parsed(await gateway.request('GET', '/api/chats'));
    expect(JSON.stringify(listed)).toContain(prompts().at(-1)?.chatId);
  });

  it('id: the answer’s id is the next conversation_id, also for the official client', async () => {
    await open('id');
    const { completions } = gateway.openai.chat;
    const model = 'qwen3.7-plus';
    const next = (content: string, conversation_id?: string) => ({
      model,
      messages: [{ role: 'user' as const, content }],
      ...(conversation_id !== undefined && { conversation_id }),
    });
    const first = await completions.create(next('repeat: 1'));
    expect(first.id).toMatch(/^conv_/);
    const second = await completions.stream(next('repeat: 2', first.id)).finalChatCompletion();
    expect(second.choices[0]?.message.content).toBe('2');
    const third = await completions.create(next('repeat: 3', second.id));
    expect(third.choices[0]?.message.content).toBe('3');
    expectOneChat();
  });

  it('off: answers tell none, and go on from those that the native form tells', async () => {
    await open('off');
    expect((await complete('repeat: 0')).body).not.toHaveProperty('conversation_id');
    const first = await chat('repeat: 1');
    const second = await complete('repeat: 2', { conversation_id: first.body.conversation_id });
    const third = await chat('repeat: 3', { conversation_id: second.body.conversation_id });
    expect(third.body.choices[0].message.content).toBe('3');
    expectOneChat();
  });
});

describe('conversation_id', () => {
  it('branches where it says, and is sent as often as its client likes', async () => {
    await open('off');
    const first = await chat('repeat: 1');
    const { conversation_id } = first.body;
    for (const text of ['repeat: a', 'repeat: b']) {
      expect((await chat(text, { conversation_id })).status).toBe(200);
      expect(prompts().at(-1)?.conversation).toHaveLength(3);
    }
  });

  it('may stand beside the ids that it agrees with', async () => {
    await open('off');
    const one = (await chat('repeat: 1')).body;
    const two = (await chat('repeat: 2')).body;
    const { chatId, parentId, conversation_id } = one;
    expect((await chat('repeat: 3', { conversation_id, chatId })).status).toBe(200);
    expect((await chat('repeat: 4', { conversation_id, chatId, parentId })).status).toBe(200);
    for (const other of [{ chatId: two.chatId }, { chatId, parentId: two.parentId }]) {
      const refused = await chat('repeat: 5', { conversation_id, ...other });
      expect(refused).toMatchObject({ status: 400, body: { error: { param: 'conversation_id' } } });
    }
  });

  it('of somebody else, forged, cut, or of another deployment is unknown, and nobody is asked', async () => {
    const elsewhere = await openGateway({ accounts });
    const response = await elsewhere.request('POST', '/api/chat', { message: 'repeat: elsewhere' });
    const foreign: string = (await parsed(response)).conversation_id;
    await elsewhere.close();
    await open('off');
    const mine: string = (await chat('repeat: mine')).body.conversation_id;
    const theirs: string = (await chat('repeat: theirs', {}, otherKey)).body.conversation_id;
    const asked = prompts().length;
    const forged = `conv_${Buffer.from(`chat\nanswer${'x'.repeat(16)}`).toString('base64url')}`;
    const last = mine.at(-2) === 'A' ? 'B' : 'A';
    const changed = mine.slice(0, -2) + last + mine.at(-1);
    const bad = [theirs, foreign, forged, changed, mine.slice(0, -4), 'anything'];
    for (const conversation_id of bad) {
      for (const answer of [await chat('hello', { conversation_id }), await complete('hello', { conversation_id })]) {
        expect(answer).toMatchObject({
          status: 404,
          body: { error: { code: 'chat_not_found', param: 'conversation_id' } },
        });
      }
    }
    expect((await complete('hello', { conversation_id: mine }, otherKey)).status).toBe(404);
    expect(prompts()).toHaveLength(asked);
  });

  it('is unknown once its chat is deleted', async () => {
    await open('off');
    const { chatId, conversation_id } = (await chat('repeat: 1')).body;
    expect((await gateway.request('DELETE', `/api/chats/${chatId}`)).ok).toBe(true);
    expect((await complete('hello', { conversation_id })).status).toBe(404);
  });

  it('that is empty begins a conversation, and one of a wrong type is refused', async () => {
    await open('field');
    expect((await complete('repeat: 1', { conversation_id: '' })).status).toBe(200);
    expect((await complete('repeat: 1', { conversation_id: null })).status).toBe(200);
    expect((await complete('repeat: 1', { conversation_id: 7 })).status).toBe(400);
  });

  it('goes on for callers who bring their own tokens, and for nobody else', async () => {
    await open('off', { env: { PASS_THROUGH_TOKENS: 'true' } });
    const guests = ['guest', 'other'].map((name) =>
      gateway.simulator.control.accounts.add({ email: `${name}@example.com`, password: 'guest pass' }),
    );
    const [mine = '', other = ''] = guests.map(({ token }) => token);
    const { conversation_id } = (await chat('repeat: 1', {}, mine)).body;
    expect((await chat('repeat: 2', { conversation_id }, mine)).status).toBe(200);
    expect(prompts().at(-1)?.conversation).toHaveLength(3);
    expect((await chat('repeat: 3', { conversation_id }, other)).status).toBe(404);
    expect((await chat('repeat: 3', { conversation_id })).status).toBe(404);
  });
});
