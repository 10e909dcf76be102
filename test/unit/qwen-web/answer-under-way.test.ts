import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  EmptyAnswerError,
  StalledAnswerError,
  ToolInterceptedError,
  TruncatedAnswerError,
  UpstreamUnavailableError,
} from '../../../shared/chat/errors/answer-faults.ts';
import { InternalError } from '../../../shared/chat/errors/internal-error.ts';
import { chatRequest, credentials } from './chat-request.ts';
import { beginning, chatId, never, plain, read, siteWith } from './chat-site.ts';
import { stream } from './fake-site.ts';
import { fixtureBytes } from './fixtures.ts';

describe('an answer under way', () => {
  it('closes its connection when it is left', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const completion = stream((response) => {
      response.on('close', resolve);
      beginning(response);
    });
    const { upstream } = await siteWith(completion);
    const answer = await upstream.chat(chatRequest(), credentials, never);
    for await (const batch of answer.events) if (batch.some(({ type }) => type === 'text-delta')) break;
    await closed;
  });

  it('is stopped upstream, unless it has ended', async () => {
    const site = await siteWith(stream(beginning));
    const answer = await site.upstream.chat(chatRequest(), credentials, never);
    for await (const batch of answer.events) if (batch.some(({ type }) => type === 'text-delta')) break;
    await answer.stop();
    expect(site.calls.at(-1)).toMatchObject({
      line: 'POST /api/v2/chat/completions/stop',
      body: { chat_id: chatId, response_id: 'c4a2f6d8-7e19-4b3b-a0d5-2f9e61b7c302' },
    });
    const ended = await siteWith(stream((response) => response.end(plain)));
    const whole = await ended.upstream.chat(chatRequest(), credentials, never);
    await read(whole);
    await whole.stop();
    expect(ended.calls).toHaveLength(2);
  });

  it('is stopped upstream when its request was aborted', async () => {
    const site = await siteWith(stream(beginning));
    const controller = new AbortController();
    const answer = await site.upstream.chat(chatRequest(), credentials, controller.signal);
    const reading = (async () => {
      for await (const _batch of answer.events) controller.abort(new Error('the caller has left'));
    })();
    await expect(reading).rejects.toThrow();
    await answer.stop();
    expect(site.calls.at(-1)?.line).toBe('POST /api/v2/chat/completions/stop');
  });

  it('stalls when the upstream is silent', async () => {
    const { upstream } = await siteWith(stream(beginning), 0.05);
    const answer = await upstream.chat(chatRequest(), credentials, never);
    await expect(read(answer)).rejects.toBeInstanceOf(StalledAnswerError);
  });

  it('stalls when the upstream does not even begin', async () => {
    const { upstream } = await siteWith(() => {}, 0.05);
    const chat = upstream.chat(chatRequest(), credentials, never);
    await expect(chat).rejects.toBeInstanceOf(StalledAnswerError);
  });

  it('is truncated when the connection is cut', async () => {
    const cut = stream((response) => {
      beginning(response);
      response.write('data: {"cho', () => response.destroy());
    });
    const { upstream } = await siteWith(cut);
    const answer = await upstream.chat(chatRequest(), credentials, never);
    await expect(read(answer)).rejects.toBeInstanceOf(TruncatedAnswerError);
  });

  it('is empty when the upstream says nothing', async () => {
    const { upstream } = await siteWith(stream((response) => response.end()));
    const answer = await upstream.chat(chatRequest(), credentials, never);
    await expect(read(answer)).rejects.toBeInstanceOf(EmptyAnswerError);
  });

  it("is not the platform's own answer for one of its tools", async () => {
    const bytes = fixtureBytes('sse/t2t-native-tool-intercepted.sse');
    const { upstream } = await siteWith(stream((response) => response.end(bytes)));
    const answer = await upstream.chat(chatRequest(), credentials, never);
    await expect(read(answer)).rejects.toBeInstanceOf(ToolInterceptedError);
  });

  it('breaks when the call is aborted, with the reason that was given', async () => {
    const { upstream } = await siteWith(stream(beginning));
    for (const reason of [new InternalError('out of time'), undefined]) {
      const controller = new AbortController();
      const answer = await upstream.chat(chatRequest(), credentials, controller.signal);
      const reading = (async () => {
        for await (const batch of answer.events) {
          if (batch.some(({ type }) => type === 'text-delta')) controller.abort(reason);
        }
      })();
      if (reason === undefined) await expect(reading).rejects.toBeInstanceOf(UpstreamUnavailableError);
      else await expect(reading).rejects.toBe(reason);
    }
  });

  it('that has ended lets its connection close in order', async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    const completion = stream((response) => {
      response.write(plain);
      resolve(response);
    });
    const { upstream } = await siteWith(completion);
    await read(await upstream.chat(chatRequest(), credentials, never));
    const response = await promise;
    // A whole call, within which a connection that was broken off would have been noticed.
    await upstream.deleteChat(chatId, credentials, never);
    expect(response.destroyed).toBe(false);
    response.end();
    await once(response, 'close');
    expect(response.writableFinished).toBe(true);
  });

  it('waits for the beginning of an event only as long as the caller wants', async () => {
    const { upstream } = await siteWith(stream((response) => response.flushHeaders()));
    const controller = new AbortController();
    const answer = await upstream.chat(chatRequest(), credentials, controller.signal);
    const reading = read(answer);
    const failed = expect(reading).rejects.toBeInstanceOf(UpstreamUnavailableError);
    controller.abort();
    await failed;
  });
});
