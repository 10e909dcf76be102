import { describe, expect, it } from 'vitest';
import type { StreamWriter } from '../../../shared/chat/dialect.ts';
import { StalledAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { Background } from '../../../shared/http/background.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { AfterAnswer } from '../../../shared/relay/after-answer.ts';
import { AnswerRecord } from '../../../shared/relay/answer-record.ts';
import type { ServedAnswer } from '../../../shared/relay/served-answer.ts';
import { streamAnswer } from '../../../shared/relay/stream-answer.ts';
import { eventsOf, finish, start, text } from '../../support/chat-events.ts';

const writer: StreamWriter = {
  open: () => 'open;',
  write: (events) => events.map(({ type }) => `${type};`).join(''),
  idle: () => 'idle;',
  close: () => 'close;',
  fail: ({ code }) => `${code};`,
};

function begin(openEarly: boolean) {
  const log: string[] = [];
  const held = Promise.withResolvers<ServedAnswer>();
  const background = new Background(createLogger('error'));
  const upstream = { deleteChat: async () => void log.push('deleted') };
  const served: ServedAnswer = {
    lease: {
      accountId: 'one',
      kind: 'chat',
      credentials: { token: 'a' },
      settle: async () => void log.push('settled'),
      release: () => log.push('released'),
      renew: () => Promise.reject(new Error('not to be called')),
    },
    answer: { chatId: 'chat', ownsChat: true, events: eventsOf([]), stop: async () => void log.push('stopped') },
    record: new AnswerRecord(),
    callFormat: 'bracket',
    events: eventsOf([[start, text('words')], [finish]]),
  };
  const pieces = streamAnswer({
    held: held.promise,
    openEarly,
    writer,
    after: new AfterAnswer({ upstream, background, keepChats: false }),
    signal: new AbortController().signal,
    onFailure: () => log.push('failed'),
    onEnd: (answer) => {
      if (answer === undefined) log.push('ended without');
    },
  });
  return { log, held, background, served, pieces };
}

describe('a streamed answer', () => {
  it('is told and settled', async () => {
    const { log, held, background, served, pieces } = begin(true);
    held.resolve(served);
    expect((await Array.fromAsync(pieces)).join('')).toBe('open;start;text-delta;finish;close;');
    await background.settled();
    expect(log).toEqual(['stopped', 'settled', 'deleted']);
  });

  it('gives its account back when its caller left before it began', async () => {
    const { log, held, background, served, pieces } = begin(true);
    expect((await pieces.next()).value).toBe('open;');
    await pieces.return();
    expect(log).toEqual(['ended without']);
    held.resolve(served);
    await background.settled();
    expect(log).toEqual(['ended without', 'stopped', 'released', 'deleted']);
  });

  it('gives its account back when its caller leaves in the middle', async () => {
    const { log, held, background, served, pieces } = begin(false);
    held.resolve(served);
    await pieces.next();
    await pieces.return();
    await background.settled();
    expect(log).toEqual(['stopped', 'released', 'deleted']);
  });

  it('that never came is told as an error, and nothing is left', async () => {
    const { log, held, background, pieces } = begin(true);
    const told = Array.fromAsync(pieces);
    held.reject(new StalledAnswerError('too long'));
    expect((await told).join('')).toBe('open;upstream_stalled;');
    await background.settled();
    expect(log).toEqual(['failed', 'ended without']);
  });
});
