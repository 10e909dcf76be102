import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const userKey = 'sk-test-user-key-0123456789';
const otherKey = 'sk-test-other-key-0123456789';
const emails = ['one@example.com', 'two@example.com'];

describe.each(['start', 'dev'] as const)('kept chats, npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const env = { API_KEYS: `${userKey},${otherKey}`, CHAT_TITLE: 'Untitled' };
    gateway = await openGateway({ mode, accounts: emails, env });
  });
  afterAll(() => gateway.close());

  const call = async (method: string, path: string, key = userKey, body?: object) => {
    const response = await gateway.request(method, path, body, { 'x-api-key': key });
    return { status: response.status, body: await parsed(response) };
  };
  const begin = async (message: string, key = userKey): Promise<string> =>
    (await call('POST', '/api/chat', key, { message: `repeat: ${message}` })).body.chatId;
  const upstreamOf = (chatId: string) =>
    emails.flatMap((email) => gateway.simulator.control.chats(email)).find(({ id }) => id === chatId);
  const listed = async (key = userKey, query = '') => (await call('GET', `/api/chats${query}`, key)).body;
  const idsOf = (list: { chats: { chatId: string }[] }) => list.chats.map(({ chatId }) => chatId);

  it('are listed, those used last first, with what is known of them', async () => {
    const named = (await call('POST', '/api/chats', userKey, { name: 'Boats' })).body.chatId;
    const first = await begin('first');
    const second = await begin('second');
    await call('POST', '/api/chat', userKey, { message: 'repeat: again', chatId: first });
    const list = await listed();
    expect(idsOf(list)).toEqual([first, second, named]);
    expect(list.nextCursor).toBeNull();
    expect(list.chats[0]).toEqual({
      chatId: first,
      title: 'Untitled',
      model: 'qwen3.7-plus',
      createdAt: expect.stringMatching(/Z$/),
      usedAt: expect.stringMatching(/Z$/),
      userMessageCount: 2,
      messageCount: 4,
    });
    expect(list.chats[2]).toMatchObject({ title: 'Boats', userMessageCount: 0, messageCount: 0 });
  });

  it('come in pages', async () => {
    const all = idsOf(await listed());
    const first = await listed(userKey, '?limit=2');
    const second = await listed(userKey, `?limit=2&cursor=${first.nextCursor}`);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(all);
    expect(second.nextCursor).toBeNull();
    for (const query of ['?limit=0', '?limit=101', '?limit=x', '?cursor=nonsense']) {
      const { status, body } = await call('GET', `/api/chats${query}`);
      expect({ status, code: body.error.code }).toEqual({ status: 400, code: 'invalid_request' });
    }
  });

  it('are titled plainly, while those of single answers tell that nobody keeps them', async () => {
    const kept = upstreamOf(await begin('plain'));
    expect(kept?.title).toBe('Untitled');
    gateway.simulator.control.fault({ fault: 'stall-before-head', route: 'chat-delete' });
    await gateway.request('POST', '/v1/chat/completions', {
      model: 'qwen3.7-plus',
      messages: [{ role: 'user', content: 'repeat: single' }],
    });
    const titles = emails.flatMap((email) => gateway.simulator.control.chats(email)).map(({ title }) => title);
    expect(titles.filter((title) => /^Untitled [0-9a-f]{16}-[0-9a-f]{12}$/.test(title)).length).toBeGreaterThan(0);
    gateway.simulator.control.release();
    gateway.simulator.control.heal();
  });

  it('are read with every message and its parent', async () => {
    const chatId = await begin('one');
    await call('POST', '/api/chat', userKey, { message: 'repeat: two', chatId });
    const { status, body } = await call('GET', `/api/chats/${chatId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ chatId, title: 'Untitled', model: 'qwen3.7-plus' });
    const said = body.messages.map(({ role, content }: { role: string; content: string }) => [role, content]);
    expect(said).toEqual([
      ['user', 'repeat: one'],
      ['assistant', 'one'],
      ['user', 'repeat: two'],
      ['assistant', 'two'],
    ]);
    const ids: string[] = body.messages.map(({ id }: { id: string }) => id);
    const parents = body.messages.map(({ parentId }: { parentId: string | null }) => parentId);
    expect(parents).toEqual([null, ...ids.slice(0, 3)]);
  });

  it('are renamed upstream and in the list, and keep their name when the upstream refuses', async () => {
    const chatId = await begin('to be renamed');
    const renamed = await call('PUT', `/api/chats/${chatId}/rename`, userKey, { name: '  Paper boats ' });
    expect(renamed).toMatchObject({ status: 200, body: { chatId, name: 'Paper boats' } });
    expect(upstreamOf(chatId)?.title).toBe('Paper boats');
    gateway.simulator.control.fault({ fault: 'validation-error', route: 'chat-rename', times: 9 });
    const refused = await call('PUT', `/api/chats/${chatId}/rename`, userKey, { name: 'Other' });
    gateway.simulator.control.heal();
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.body.error.code).toMatch(/^upstream_/);
    const list = await listed();
    expect(list.chats.find((chat: { chatId: string }) => chat.chatId === chatId).title).toBe('Paper boats');
    for (const body of [{}, { name: ' ' }, { name: 5 }, { name: 'x'.repeat(201) }]) {
      expect((await call('PUT', `/api/chats/${chatId}/rename`, userKey, body)).status).toBe(400);
    }
  });

  it('are deleted upstream and from the list, also when they are gone already', async () => {
    const [here, gone] = [await begin('here'), await begin('gone')];
    expect(await call('DELETE', `/api/chats/${here}`)).toEqual({ status: 200, body: { chatId: here, deleted: true } });
    expect(upstreamOf(here)).toBeUndefined();
    expect((await call('DELETE', `/api/chats/${here}`)).status).toBe(200);
    gateway.simulator.control.fault({ fault: 'chat-not-found', route: 'chat-delete' });
    expect((await call('DELETE', `/api/chats/${gone}`)).status).toBe(200);
    const left = idsOf(await listed());
    expect(left).not.toContain(here);
    expect(left).not.toContain(gone);
    expect((await call('GET', `/api/chats/${here}`)).body.error.code).toBe('chat_not_found');
    expect((await call('POST', '/api/chat', userKey, { message: 'x', chatId: here })).status).toBe(404);
  });

  it('stay in the list when their deletion fails upstream', async () => {
    const chatId = await begin('stays');
    gateway.simulator.control.fault({ fault: 'internal-500', route: 'chat-delete', times: 9 });
    expect((await call('DELETE', `/api/chats/${chatId}`)).status).toBe(502);
    gateway.simulator.control.heal();
    expect(idsOf(await listed())).toContain(chatId);
  });

  it('belong to their key, and to admins', async () => {
    const chatId = await begin('mine');
    for (const [method, path, body] of [
      ['GET', `/api/chats/${chatId}`],
      ['PUT', `/api/chats/${chatId}/rename`, { name: 'Stolen' }],
      ['DELETE', `/api/chats/${chatId}`],
    ] as const) {
      expect(await call(method, path, otherKey, body)).toMatchObject({
        status: 404,
        body: { error: { code: 'chat_not_found' } },
      });
    }
    expect(idsOf(await listed(otherKey))).toEqual([]);
    const others = await begin('theirs', otherKey);
    expect(idsOf(await listed(gateway.adminKey)).slice(0, 2)).toEqual([others, chatId]);
    expect((await call('GET', `/api/chats/${chatId}`, gateway.adminKey)).status).toBe(200);
    expect((await call('PUT', `/api/chats/${chatId}/rename`, gateway.adminKey, { name: 'Seen' })).status).toBe(200);
    expect((await call('DELETE', `/api/chats/${chatId}`, gateway.adminKey)).status).toBe(200);
  });
});
