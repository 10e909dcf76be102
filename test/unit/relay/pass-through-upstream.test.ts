import { describe, expect, it } from 'vitest';
import { AccountUnauthorizedError, ChallengeError } from '../../../shared/chat/errors/account-faults.ts';
import { callersUpstream } from '../../../shared/relay/callers-upstream.ts';
import { eventsOf, start, text } from '../../support/chat-events.ts';
import { chatRequest } from '../qwen-web/chat-request.ts';

const never = () => Promise.reject(new Error('not to be called'));
const refusing = {
  callsTools: false,
  chat: never,
  upload: never,
  grantUpload: never,
  confirmUpload: never,
  addressOf: String,
  createChat: never,
  deleteChat: never,
};
const { signal } = new AbortController();

describe('callersUpstream', () => {
  const request = chatRequest();

  it('passes an answer on, and tells in the caller’s terms how it broke', async () => {
    const stopped: string[] = [];
    const broken = new AccountUnauthorizedError('the account was signed out');
    const upstream = callersUpstream({
      ...refusing,
      chat: async () => ({
        chatId: 'chat',
        ownsChat: true,
        events: eventsOf([[start], [text('half')]], broken),
        stop: async () => void stopped.push('stopped'),
      }),
    });
    const answer = await upstream.chat(request, { token: 'a' }, signal);
    expect(answer).toMatchObject({ chatId: 'chat', ownsChat: true });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const batch of answer.events) seen.push(...batch);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'token_refused', cause: broken });
    expect(seen).toEqual([start, text('half')]);
    await answer.stop();
    expect(stopped).toEqual(['stopped']);
  });

  it('closes the answer of whoever leaves early', async () => {
    let closed = false;
    async function* events() {
      try {
        yield [start];
        yield [text('more')];
      } finally {
        closed = true;
      }
    }
    const chat = async () => ({ chatId: 'chat', ownsChat: true, events: events(), stop: never });
    const upstream = callersUpstream({ ...refusing, chat });
    const answer = await upstream.chat(request, { token: 'a' }, signal);
    for await (const _batch of answer.events) break;
    expect(closed).toBe(true);
  });

  it('retells refusals of every call', async () => {
    const refuse = () => Promise.reject(new ChallengeError('solve this'));
    const upstream = callersUpstream({
      callsTools: false,
      chat: refuse,
      upload: refuse,
      grantUpload: refuse,
      confirmUpload: refuse,
      addressOf: String,
      createChat: refuse,
      deleteChat: refuse,
    });
    const calls = [
      upstream.chat(request, { token: 'a' }, signal),
      upstream.upload({ name: 'a', mediaType: 'text/plain', bytes: Buffer.from('a') }, { token: 'a' }, signal),
      upstream.grantUpload(
        { name: 'a', mediaType: 'text/plain', size: 1 },
        { signatureVersion: 'v4' },
        { token: 'a' },
        signal,
      ),
      upstream.confirmUpload({}, { token: 'a' }, signal),
      upstream.createChat('qwen', '', { token: 'a' }, signal),
      upstream.deleteChat('chat', { token: 'a' }, signal),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ status: 403, code: 'token_challenged' });
  });
});
