import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ChatGoneError, UpstreamUnavailableError } from '../../../shared/chat/errors/answer-faults.ts';
import { credentials } from './chat-request.ts';
import { fakeSite, json, page } from './fake-site.ts';
import { fixtureText } from './fixtures.ts';

const never = new AbortController().signal;

describe('the model catalogue', () => {
  const newer = json(fixtureText('models/models-v2.json'));
  const older = json(fixtureText('models/models-v1.json'));

  it('is read at the newer address, without an account too', async () => {
    const site = await fakeSite({ 'GET /api/v2/models/': newer });
    const models = await site.upstream.listModels(undefined, never);
    expect(models[0]).toEqual({
      id: 'qwen3.7-plus',
      displayName: 'Qwen3.7-Plus',
      description: 'Multimodal model for text, pictures, video and sound.',
      ownedBy: 'qwen',
      createdAt: 1780000000,
      contextLength: 1000000,
      maxOutputTokens: 65536,
      capabilities: { thinking: true, search: true, vision: true, image: true, imageEdit: true, video: true },
    });
    expect(models.map(({ id }) => id)).not.toContain('qwen-retired-test');
    expect(site.calls[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['404', json('{}', 404)],
    ['405', json('{}', 405)],
    ['500', json('{}', 500)],
    ['a page', page('<html>gone</html>')],
  ])('is read at the older address after %s', async (_name, answer) => {
    const site = await fakeSite({ 'GET /api/v2/models/': answer, 'GET /api/models': older });
    const models = await site.upstream.listModels(credentials, never);
    expect(models.map(({ id }) => id)).toContain('qwen3.7-plus');
  });

  it('is not asked for again where a verification is due, or the account is signed out', async () => {
    for (const [answer, name] of [
      [page(fixtureText('waf/x5-punish.html')), 'ChallengeError'],
      [json(fixtureText('errors/unauthorized-200.json')), 'AccountUnauthorizedError'],
    ] as const) {
      const site = await fakeSite({ 'GET /api/v2/models/': answer, 'GET /api/models': older });
      await expect(site.upstream.listModels(credentials, never)).rejects.toMatchObject({ name });
      expect(site.calls).toHaveLength(1);
    }
  });

  it('takes items with hardly anything in them, and says when there are none', async () => {
    const meta = { abilities: { thinking: 3, vision: 0 }, capabilities: null, chat_type: ['t2t', 'search'] };
    const data = [
      { id: 'a' },
      { id: 'b', info: { meta, created_at: 1780000000123 } },
      { id: 'a' },
      null,
      { name: 'c' },
    ];
    const site = await fakeSite({ 'GET /api/v2/models/': json({ data }) });
    const [a, b, ...others] = await site.upstream.listModels(undefined, never);
    expect(others).toEqual([]);
    expect(a).toMatchObject({ id: 'a', displayName: 'a', ownedBy: 'qwen', createdAt: 0 });
    expect(b?.createdAt).toBe(1780000000);
    expect(b?.capabilities).toMatchObject({ thinking: true, vision: false, search: true, image: false });
    const empty = await fakeSite({ 'GET /api/v2/models/': json({ data: { data: [] } }) });
    await expect(empty.upstream.listModels(undefined, never)).rejects.toBeInstanceOf(UpstreamUnavailableError);
  });
});

describe('chats', () => {
  it.each([
    ['data.id', { data: { id: 'c' } }],
    ['data.chat.id', { data: { chat: { id: 'c' } } }],
    ['data.chat_id', { data: { chat_id: 'c' } }],
    ['id', { id: 'c' }],
  ])('are made, their id in %s', async (_name, body) => {
    const site = await fakeSite({ 'POST /api/v2/chats/new': json(body) });
    expect(await site.upstream.createChat('m', 'Title', credentials, never)).toBe('c');
    expect(site.calls[0]?.body).toMatchObject({ models: ['m'], title: 'Title' });
  });

  it('are not made without an id', async () => {
    const site = await fakeSite({ 'POST /api/v2/chats/new': json({ success: true, data: {} }) });
    const made = site.upstream.createChat('m', 't', credentials, never);
    await expect(made).rejects.toMatchObject({ upstreamCode: 'no_chat_id' });
  });

  it('are deleted by an id that can not leave its place in the path', async () => {
    const site = await fakeSite({ 'DELETE /api/v2/chats/a%2F..%3Fb': json({ success: true }) });
    await site.upstream.deleteChat('a/..?b', credentials, never);
    expect(site.calls).toHaveLength(1);
  });

  it('that are gone are told so', async () => {
    const site = await fakeSite({ 'DELETE /api/v2/chats/a': json(fixtureText('errors/chat-not-found.json')) });
    await expect(site.upstream.deleteChat('a', credentials, never)).rejects.toBeInstanceOf(ChatGoneError);
  });
});

describe('headers', () => {
  it('leave a pasted cookie alone that holds a token, and say who we are', async () => {
    const site = await fakeSite({ 'DELETE /api/v2/chats/a': json({ success: true }) });
    const cookie = 'cna=1; token=PASTED;x=y';
    await site.upstream.deleteChat('a', { token: 'T', cookie }, never);
    const version: string = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version;
    const headers = site.calls[0]?.headers ?? {};
    expect(headers).toMatchObject({ cookie, 'user-agent': `qwen-gateway/${version}` });
    expect(headers.timezone).toMatch(/^[\x20-\x7e]+GMT[+-]\d{4}$/);
    expect(Object.keys(headers).filter((name) => name.startsWith('bx-') || name.startsWith('sec-'))).toEqual([]);
  });
});
