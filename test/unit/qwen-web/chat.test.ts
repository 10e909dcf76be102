import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import { createQwenWebUpstream } from '../../../shared/upstreams/qwen-web/qwen-web-upstream.ts';
import { chatRequest, credentials, model, user } from './chat-request.ts';
import { chatId, deleted, never, newChat, plain, read, siteWith } from './chat-site.ts';
import { fakeSite, json, page, stream } from './fake-site.ts';
import { fixtureText } from './fixtures.ts';

describe('chat', () => {
  it('makes a chat, asks in it and reads the answer', async () => {
    const site = await siteWith(stream((response) => response.end(plain)));
    const answer = await site.upstream.chat(chatRequest(), credentials, never);
    expect(answer).toMatchObject({ chatId, ownsChat: true });
    const events = await read(answer);
    expect(events[0]).toMatchObject({ type: 'start', chatId });
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    expect(site.calls.map(({ line }) => line)).toEqual([
      'POST /api/v2/chats/new',
      `POST /api/v2/chat/completions?chat_id=${chatId}`,
    ]);
    expect(site.calls[0]?.body).toMatchObject({ title: 'A title', models: ['qwen3.7-plus'], chat_type: 't2t' });
    expect(site.calls[1]?.body).toMatchObject({ chat_id: chatId, parent_id: null, messages: [{ content: 'Hello' }] });
  });

  it('sends the token in both forms and asks for an uncompressed stream', async () => {
    const site = await siteWith(stream((response) => response.end(plain)));
    await read(await site.upstream.chat(chatRequest(), { token: 'T', cookie: 'cna=1; ssxmod_itna=x' }, never));
    expect(site.calls[1]?.headers).toMatchObject({
      authorization: 'Bearer T',
      cookie: 'cna=1; ssxmod_itna=x; token=T',
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
      origin: 'https://chat.qwen.ai',
      referer: `https://chat.qwen.ai/c/${chatId}`,
      source: 'web',
    });
  });

  it('goes on in a chat from the given answer, with only the new message', async () => {
    const site = await siteWith(stream((response) => response.end(plain)));
    const messages = [user('first'), { role: 'assistant', content: 'answer', toolCalls: [] } as const, user('second')];
    const thread = { chatId, parentId: 'p-1' };
    const answer = await site.upstream.chat(chatRequest({ messages, thread }), credentials, never);
    await read(answer);
    expect(answer.ownsChat).toBe(false);
    expect(site.calls).toHaveLength(1);
    expect(site.calls[0]?.body).toMatchObject({ parent_id: 'p-1', messages: [{ content: 'second', parentId: 'p-1' }] });
  });

  it('goes on from the newest message of a chat when none is given', async () => {
    const site = await fakeSite({
      [`GET /api/v2/chats/${chatId}`]: json(fixtureText('chats/detail.json')),
      'POST /api/v2/chat/completions': stream((response) => response.end(plain)),
    });
    await read(await site.upstream.chat(chatRequest({ thread: { chatId } }), credentials, never));
    expect(site.calls[1]?.body).toMatchObject({ parent_id: 'c4a2f6d8-7e19-4b3b-a0d5-2f9e61b7c302' });
  });

  it('asks nothing when the conversation is longer than the model’s context', async () => {
    const site = await siteWith(stream((response) => response.end(plain)));
    const target = { ...model, contextLength: 10_000 };
    const large = chatRequest({ messages: [user('é'.repeat(60_000))], target });
    await expect(site.upstream.chat(large, credentials, never)).rejects.toMatchObject({
      code: 'context_length_exceeded',
      size: { tokens: 15_000, limit: 10_000 },
    });
    expect(site.calls).toEqual([]);
  });
});

const signedOut = 'AccountUnauthorizedError';

describe('a refusal of the completion', () => {
  it.each([
    ['JSON with status 200', json(fixtureText('errors/rate-limited.json')), 'QuotaExhaustedError'],
    ['JSON in an event stream', stream((r) => r.end(fixtureText('errors/unauthorized-200.json'))), signedOut],
    ['a page', page(fixtureText('waf/aliyun-waf.html')), 'ChallengeError'],
    ['a status', json('{}', 429), 'RateLimitedError'],
    [
      'a status of a stream',
      (r: ServerResponse) => r.writeHead(401, { 'content-type': 'text/event-stream' }).end(),
      signedOut,
    ],
    ['a status in a header', json('{}', 200, { 'x-actual-status-code': '401' }), signedOut],
    ['a page of 5 MB', page(`<html>${'x'.repeat(5_000_000)}`, 502), 'UpstreamUnavailableError'],
  ])('as %s is classified', async (_name, completion, errorName) => {
    const site = await siteWith(completion);
    const chat = site.upstream.chat(chatRequest(), credentials, never);
    await expect(chat.then(read)).rejects.toMatchObject({ name: errorName });
  });

  it('deletes the chat that was made for it, and spares an account that was turned away', async () => {
    const { promise: deletion, resolve } = Promise.withResolvers<void>();
    const refused = await fakeSite({
      'POST /api/v2/chats/new': newChat,
      'POST /api/v2/chat/completions': json(fixtureText('errors/parallel-limited.json')),
      [`DELETE /api/v2/chats/${chatId}`]: (response, call) => {
        deleted(response, call);
        resolve();
      },
    });
    await expect(refused.upstream.chat(chatRequest(), credentials, never)).rejects.toThrow();
    await deletion;
    const challenged = await siteWith(json(fixtureText('waf/rgv587.json')));
    await expect(challenged.upstream.chat(chatRequest(), credentials, never)).rejects.toThrow();
    // Another call, to have given an unwanted deletion its time.
    await challenged.upstream.deleteChat(chatId, credentials, never);
    expect(challenged.calls).toHaveLength(3);
  });

  it('by redirect is not followed', async () => {
    const site = await siteWith(json('', 302, { location: '/api/v2/elsewhere' }));
    await expect(site.upstream.chat(chatRequest(), credentials, never)).rejects.toMatchObject({
      name: 'UpstreamRejectedError',
    });
    expect(site.calls.map(({ line }) => line)).not.toContain('GET /api/v2/elsewhere');
  });
});

describe('an upstream that is not there', () => {
  it('is unavailable, and the error names neither address nor token', async () => {
    const { upstream } = createClosed();
    const error: unknown = await upstream.chat(chatRequest(), credentials, never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UpstreamUnavailableError);
    expect(String(error)).toMatch(/ECONNREFUSED/);
    expect(String(error)).not.toMatch(/127\.0\.0\.1|TEST_TOKEN/);
  });

  it('is not asked when the call was aborted before', async () => {
    const site = await siteWith(stream((response) => response.end(plain)));
    const aborted = site.upstream.chat(chatRequest(), credentials, AbortSignal.abort());
    await expect(aborted).rejects.toBeInstanceOf(UpstreamUnavailableError);
    expect(site.calls).toEqual([]);
  });
});

/** Port 1 of this machine serves nothing. */
function createClosed() {
  return { upstream: createQwenWebUpstream({ baseUrl: 'http://127.0.0.1:1', idleSeconds: 5, chatTitle: 't' }) };
}

it('is told at once by a base URL that tokens may not be sent to', () => {
  const create = (baseUrl: string) => () => createQwenWebUpstream({ baseUrl, idleSeconds: 1, chatTitle: 't' });
  expect(create('http://example.com')).toThrow(/https/);
  expect(create('https://user:secret@example.com')).toThrow(/^(?!.*secret)/);
  expect(create('not a url')).toThrow(TypeError);
  expect(create('https://example.com/?a=b')).toThrow(TypeError);
  expect(create('ftp://127.0.0.1')).toThrow(TypeError);
  for (const good of ['https://chat.qwen.ai', 'http://localhost:8/', 'http://[::1]:8/prefix/']) create(good)();
});
