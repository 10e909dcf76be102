import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const userKey = 'sk-test-user-key-0123456789';
const otherKey = 'sk-test-other-key-0123456789';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({
    accounts: ['one@example.com', 'two@example.com', 'three@example.com'],
    env: { API_KEYS: `${userKey},${otherKey}` },
  });
});
afterAll(() => gateway.close());

async function chat(body: object, key = userKey) {
  const response = await gateway.request('POST', '/api/chat', body, { 'x-api-key': key });
  return { status: response.status, body: await parsed(response) };
}

const textOf = (body: { choices?: { message: { content: string } }[] }) => body.choices?.[0]?.message.content;

describe('POST /api/chat', () => {
  it('takes a message as a string, and a default model', async () => {
    const { status, body } = await chat({ message: 'repeat: hello' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ object: 'chat.completion', chatId: expect.any(String), parentId: expect.any(String) });
    expect(textOf(body)).toBe('hello');
  });

  it('takes a message in parts, and OpenAI’s messages', async () => {
    expect(textOf((await chat({ message: [{ type: 'text', text: 'repeat: parts' }] })).body)).toBe('parts');
    expect(textOf((await chat({ messages: [{ role: 'user', content: 'repeat: list' }] })).body)).toBe('list');
  });

  it('goes on upstream by chatId and parentId, always on the account that owns the chat', async () => {
    const first = await chat({ message: 'repeat: turn one' });
    const { chatId } = first.body;
    let { parentId } = first.body;
    for (const turn of ['two', 'three', 'four']) {
      const next = await chat({ message: `repeat: turn ${turn}`, chatId, parentId });
      expect(next.status).toBe(200);
      expect(next.body.chatId).toBe(chatId);
      expect(next.body.parentId).not.toBe(parentId);
      parentId = next.body.parentId;
    }
    const all = ['one', 'two', 'three'].flatMap((name) => gateway.simulator.control.chats(`${name}@example.com`));
    const upstream = all.find(({ id }) => id === chatId);
    expect(upstream?.messages.map(({ content }) => content)).toEqual(
      ['one', 'two', 'three', 'four'].flatMap((turn) => [`repeat: turn ${turn}`, `turn ${turn}`]),
    );
  });

  it('goes on from the last answer when only chatId is given', async () => {
    const first = await chat({ message: 'repeat: a' });
    const second = await chat({ message: 'repeat: b', chatId: first.body.chatId });
    expect(textOf(second.body)).toBe('b');
    const all = ['one', 'two', 'three'].flatMap((name) => gateway.simulator.control.chats(`${name}@example.com`));
    expect(all.find(({ id }) => id === first.body.chatId)?.messages).toHaveLength(4);
  });

  it('streams with both ids', async () => {
    const response = await gateway.request('POST', '/api/chat', { message: 'repeat: streamed', stream: true });
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(text).toContain('"chatId"');
    expect(text).toContain('"parentId"');
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true);
  });

  it('gives nobody another caller’s chat', async () => {
    const { body } = await chat({ message: 'repeat: mine' });
    const stolen = await chat({ message: 'repeat: yours', chatId: body.chatId, parentId: body.parentId }, otherKey);
    expect(stolen).toMatchObject({ status: 404, body: { error: { code: 'chat_not_found', param: 'chatId' } } });
    const admin = await chat({ message: 'repeat: ours', chatId: body.chatId }, gateway.adminKey);
    expect(admin.status).toBe(200);
  });

  it('tells that an upstream chat is gone', async () => {
    const { body } = await chat({ message: 'repeat: soon gone' });
    gateway.simulator.control.fault({ fault: 'chat-not-found' });
    const { status, body: error } = await chat({ message: 'repeat: x', chatId: body.chatId });
    expect({ status, error }).toMatchObject({ status: 404, error: { error: { code: 'chat_not_found' } } });
  });
});

describe('POST /api/chats', () => {
  it('makes a chat to go on with', async () => {
    const made = await gateway.request('POST', '/api/chats', { name: 'My chat', model: 'qwen3.7-plus' });
    expect(made.status).toBe(201);
    const { chatId } = await parsed(made);
    const answer = await chat({ message: 'repeat: in it', chatId }, gateway.adminKey);
    expect(answer).toMatchObject({ status: 200, body: { chatId } });
  });

  it('needs no body', async () => {
    expect((await gateway.request('POST', '/api/chats')).status).toBe(201);
  });
});

describe('POST /api/chat/completions', () => {
  it('is OpenAI’s form with both ids', async () => {
    const response = await gateway.request('POST', '/api/chat/completions', {
      model: 'qwen3.7-plus',
      messages: [{ role: 'user', content: 'repeat: both' }],
    });
    expect(await parsed(response)).toMatchObject({ chatId: expect.any(String), parentId: expect.any(String) });
  });
});
