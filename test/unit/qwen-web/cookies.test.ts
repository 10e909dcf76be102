import { describe, expect, it } from 'vitest';
import { AccountCredentials } from '../../../shared/accounts/account-credentials.ts';
import { chatRequest } from './chat-request.ts';
import { chatId, never, newChat, plain, read } from './chat-site.ts';
import { fakeSite, json, stream } from './fake-site.ts';

describe('cookies of answers', () => {
  it('are sent with the next call of the same request', async () => {
    const site = await fakeSite({
      'POST /api/v2/chats/new': (response, call) => {
        response.setHeader('set-cookie', ['acw_tc=first; Path=/; HttpOnly', 'x-ap=ap-southeast-1']);
        newChat(response, call);
      },
      'POST /api/v2/chat/completions': stream((response) => response.end(plain)),
      [`DELETE /api/v2/chats/${chatId}`]: json({ success: true }),
    });
    const credentials = new AccountCredentials('T', { cookie: 'cna=1;token=T' }, Date.now);
    await read(await site.upstream.chat(chatRequest(), credentials, never));
    expect(site.calls.map(({ headers }) => headers.cookie)).toEqual([
      'cna=1;token=T',
      'cna=1; token=T; acw_tc=first; x-ap=ap-southeast-1',
    ]);
    expect(credentials.changed).toBe(true);
  });

  it('are kept for accounts that have pasted none', async () => {
    const site = await fakeSite({
      'DELETE /api/v2/chats/a': json({ success: true }, 200, { 'set-cookie': 'acw_tc=1' }),
    });
    const credentials = new AccountCredentials('T', {}, Date.now);
    await site.upstream.deleteChat('a', credentials, never);
    await site.upstream.deleteChat('a', credentials, never);
    expect(site.calls.map(({ headers }) => headers.cookie)).toEqual(['token=T', 'acw_tc=1; token=T']);
  });

  it('change the bearer token where it came out of the jar', async () => {
    const site = await fakeSite({
      'DELETE /api/v2/chats/a': json({ success: true }, 200, { 'set-cookie': 'token=NEXT; Path=/' }),
    });
    const pasted = new AccountCredentials('IN_JAR', { cookie: 'token=IN_JAR' }, Date.now);
    const own = new AccountCredentials('ACCESS', { cookie: 'token=IN_JAR' }, Date.now);
    for (const credentials of [pasted, own]) await site.upstream.deleteChat('a', credentials, never);
    expect([pasted, own].map(({ token, cookie }) => [token, cookie])).toEqual([
      ['NEXT', 'token=NEXT'],
      ['ACCESS', 'token=NEXT'],
    ]);
  });
});
