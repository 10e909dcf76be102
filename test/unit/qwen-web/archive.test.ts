import { describe, expect, it } from 'vitest';
import { fakeSite, json } from './fake-site.ts';

const credentials = { token: 'T' };
const signal = () => AbortSignal.timeout(5000);

async function read(messages: Record<string, object> | undefined, more: object = {}) {
  const data = { id: 'c', title: 'Boats', chat: { history: { messages, currentId: null }, ...more } };
  const site = await fakeSite({ 'GET /api/v2/chats/c': json({ success: true, data }) });
  return site.upstream.archive.read('c', credentials, signal());
}

describe('reading a chat', () => {
  it('puts messages behind their parents, whatever the order they come in, also within a second', async () => {
    const messages = {
      d: { id: 'd', parentId: 'c', role: 'assistant', content: 'four', timestamp: 100 },
      b: { id: 'b', parentId: 'a', role: 'assistant', content: 'two', timestamp: 100 },
      c: { id: 'c', parentId: 'b', role: 'user', content: 'three', timestamp: 100 },
      a: { id: 'a', parentId: null, role: 'user', content: 'one', timestamp: 100 },
      e: { id: 'e', parentId: 'a', role: 'assistant', content: 'another two', timestamp: 200_000_000_000 },
    };
    const { title, messages: sorted } = await read(messages);
    expect(title).toBe('Boats');
    expect(sorted.map(({ content }) => content)).toEqual(['one', 'two', 'three', 'four', 'another two']);
    expect(sorted[0]).toEqual({ id: 'a', role: 'user', content: 'one', parentId: null, createdAt: 100_000 });
    expect(sorted.at(-1)?.createdAt).toBe(200_000_000_000);
  });

  it('finds the words of newer answers in their parts, and their pictures', async () => {
    const parts = [
      { phase: 'think', content: 'hm' },
      { phase: 'answer', content: 'Here ' },
      { phase: 'answer', content: 'it is' },
      { phase: 'image_gen_tool', content: '', extra: { image_list: [{ image: 'https://cdn.test/a.png' }] } },
    ];
    const { messages } = await read({ a: { id: 'a', role: 'assistant', content: '', content_list: parts } });
    expect(messages).toEqual([
      {
        id: 'a',
        role: 'assistant',
        content: 'Here it is\n\n![](https://cdn.test/a.png)',
        parentId: null,
        createdAt: undefined,
      },
    ]);
  });

  it('bears with parents that are missing or go round in a circle', async () => {
    const { messages } = await read({
      a: { id: 'a', parentId: 'b', content: 'x' },
      b: { id: 'b', parentId: 'a', content: 'y' },
      c: { id: 'c', parentId: 'gone', content: 'z' },
      d: { content: 'no id' },
    });
    expect(messages.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('takes a chat without messages, and the list of older chats', async () => {
    expect((await read(undefined)).messages).toEqual([]);
    expect((await read(undefined, { messages: [{ id: 'a', role: 'user', content: 'x' }] })).messages).toHaveLength(1);
  });

  it('tells that a chat is gone', async () => {
    const gone = { success: false, data: { code: 'CHAT_NOT_FOUND', details: 'This chat has been deleted.' } };
    const site = await fakeSite({ 'GET /api/v2/chats/c': json(gone) });
    await expect(site.upstream.archive.read('c', credentials, signal())).rejects.toMatchObject({
      code: 'chat_not_found',
    });
  });
});

describe('renaming and listing', () => {
  it('sends the title, and hears a refusal', async () => {
    const site = await fakeSite({ 'POST /api/v2/chats/c/title': json({ success: true, data: {} }) });
    await site.upstream.archive.rename('c', 'Boats', credentials, signal());
    expect(site.calls).toMatchObject([{ line: 'POST /api/v2/chats/c/title', body: { title: 'Boats' } }]);
    await expect(site.upstream.archive.rename('other', 'Boats', credentials, signal())).rejects.toThrow();
  });

  it('reads a page, whatever is missing in it', async () => {
    const data = [
      { id: 'a', title: 'A', updated_at: 100, created_at: 50 },
      { id: 'b', title: null, created_at: 200_000_000_000 },
      { id: 'c' },
      { title: 'no id' },
      null,
    ];
    const site = await fakeSite({ 'GET /api/v2/chats/': json({ success: true, data }) });
    expect(await site.upstream.archive.list(3, credentials, signal())).toEqual([
      { id: 'a', title: 'A', updatedAt: 100_000 },
      { id: 'b', title: '', updatedAt: 200_000_000_000 },
      { id: 'c', title: '', updatedAt: undefined },
    ]);
    expect(site.calls[0]?.line).toBe('GET /api/v2/chats/?page=3');
  });
});
