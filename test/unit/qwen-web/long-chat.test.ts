import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../../local/simulator/simulator.ts';
import { DocumentUnreadableError } from '../../../shared/chat/errors/answer-faults.ts';
import type { ChatMessage } from '../../../shared/chat/request.ts';
import type { UploadFile } from '../../../shared/chat/upload.ts';
import type { ChatUpstream, Credentials, ResolvedChatRequest } from '../../../shared/chat/upstream.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { assistant, chatRequest, model, user } from './chat-request.ts';
import { never, read } from './chat-site.ts';

const email = 'owner@example.com';
const long: readonly ChatMessage[] = [user('a '.repeat(60_000)), assistant('b'), user('repeat: c')];

let simulator: Simulator;
let upstream: ChatUpstream;
let credentials: Credentials;
beforeAll(async () => {
  simulator = await startSimulator();
  upstream = createQwenWebUpstream({ baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title' });
});
beforeEach(() => {
  simulator.control.reset();
  credentials = { token: simulator.control.accounts.token(email) };
});
afterAll(() => simulator.close());

const ask = async (changes: Partial<ResolvedChatRequest>, by: ChatUpstream = upstream) =>
  read(await by.chat(chatRequest(changes), credentials, never));
const routes = () => simulator.control.requests().map(({ route }) => route);
const completion = () => simulator.control.requests().find(({ route }) => route === 'completion');

describe('a long conversation', () => {
  it('uploads its older part before a chat is made, and refers to it', async () => {
    await ask({ messages: long });
    expect(routes().slice(0, 3)).toEqual(['upload-token', 'upload', 'parse']);
    expect(routes().slice(-2)).toEqual(['chat-create', 'completion']);
    const [file] = simulator.control.uploads();
    expect(file).toMatchObject({ name: 'conversation-1.txt', contentType: 'text/plain' });
    expect(completion()?.body).toMatchObject({ messages: [{ files: [{ id: file?.id, file_class: 'document' }] }] });
    expect(
      simulator.control
        .prompts()
        .at(-1)
        ?.conversation.map(({ words }) => words.slice(0, 4)),
    ).toEqual(['a a ', 'b', 'repe']);
  });

  it('leaves the uploading to whoever knows what the account has', async () => {
    const held: UploadFile[] = [];
    const hold = (file: UploadFile) => {
      held.push(file);
      return upstream.upload(file, credentials, never);
    };
    await ask({ messages: long, hold });
    expect(held.map(({ name, mediaType }) => [name, mediaType])).toEqual([['conversation-1.txt', 'text/plain']]);
    expect(simulator.control.uploads()).toHaveLength(1);
  });

  it('is told as what it is when its file can’t be read', async () => {
    const unread = new DocumentUnreadableError('no', { upstreamCode: 'failed' });
    await expect(ask({ messages: long, hold: () => Promise.reject(unread) })).rejects.toMatchObject({
      code: 'conversation_unreadable',
      status: 502,
      fault: 'content',
      upstreamCode: 'failed',
      message: expect.stringContaining("'conversation-1.txt'"),
    });
    expect(routes()).toEqual([]);
  });

  it('has files behind those of the caller, which keep their numbers', async () => {
    const url = 'https://cdn.qwenlm.ai/output/a.png';
    const picture: ChatMessage = {
      role: 'user',
      content: [
        { type: 'image', url },
        { type: 'text', text: 'x' },
      ],
    };
    await ask({ messages: [...long, assistant('d'), picture] });
    expect(completion()?.body).toMatchObject({
      messages: [{ files: [{ type: 'image', url }, { name: 'conversation-1.txt' }] }],
    });
    expect(simulator.control.prompts()[0]?.text).toContain('(attached picture 1: a.png)');
  });

  it('is cut where the setting says', async () => {
    const options = { baseUrl: simulator.url, idleSeconds: 60, chatTitle: 'A title', messageBytes: 20_000 };
    await ask({ messages: [user('a '.repeat(15_000)), assistant('b'), user('c')] }, createQwenWebUpstream(options));
    expect(completion()?.bodyBytes).toBeLessThan(20_000);
    expect(simulator.control.uploads()).toHaveLength(1);
  });
});

describe('the context of a model', () => {
  const small = { ...model, contextLength: 20_000 };

  it('is held against the whole conversation, also in a chat that knows it', async () => {
    const thread = { chatId: 'known', parentId: 'p' };
    const refused = { code: 'context_length_exceeded', size: { tokens: 30_003, limit: 20_000 } };
    await expect(ask({ messages: long, target: small, thread })).rejects.toMatchObject(refused);
    await expect(ask({ messages: long, target: small })).rejects.toMatchObject(refused);
    expect(routes()).toEqual([]);
  });

  it('counts the form of the answer and the reminder', async () => {
    const just = [user('x'.repeat(79_000))];
    await ask({ messages: just, target: small });
    await expect(ask({ messages: just, target: small, reminder: 'y'.repeat(8000) })).rejects.toMatchObject({
      size: { tokens: 21_750, limit: 20_000 },
    });
  });

  it('is a million tokens where the catalogue tells nothing', async () => {
    const messages = [user('x'.repeat(4_000_100))];
    await expect(ask({ messages })).rejects.toMatchObject({ size: { tokens: 1_000_025, limit: 1_000_000 } });
  });
});

it('what can’t go into a file is refused when it is too much by itself', async () => {
  await expect(ask({ messages: [user('u')], reminder: 'x'.repeat(120_000) })).rejects.toMatchObject({
    code: 'context_length_exceeded',
  });
  await expect(ask({ messages: [user('a '.repeat(60_000))], output: 'image' })).rejects.toMatchObject({
    code: 'context_length_exceeded',
  });
  expect(routes()).toEqual([]);
});
