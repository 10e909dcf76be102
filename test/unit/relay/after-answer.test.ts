import { describe, expect, it } from 'vitest';
import { TruncatedAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { toGatewayError } from '../../../shared/chat/errors/internal-error.ts';
import { Background } from '../../../shared/http/background.ts';
import { createLogger } from '../../../shared/logging/logger.ts';
import { AfterAnswer, type AfterAnswerOptions } from '../../../shared/relay/after-answer.ts';
import { AnswerRecord } from '../../../shared/relay/answer-record.ts';
import type { ServedAnswer } from '../../../shared/relay/served-answer.ts';
import { StoreUnavailableError } from '../../../shared/store/store-errors.ts';
import { eventsOf } from '../../support/chat-events.ts';

const keeps = async () => true;
const leaves = async () => false;
const fails = () => Promise.reject(new StoreUnavailableError('away'));

function begin(options: Partial<AfterAnswerOptions> = {}) {
  const log: string[] = [];
  const background = new Background(createLogger('error'));
  const upstream = { deleteChat: async (chatId: string) => void log.push(`deleted ${chatId}`) };
  const after = new AfterAnswer({ upstream, background, keepChats: false, ...options });
  const served = (chatId = 'chat', ownsChat = true): ServedAnswer => ({
    lease: {
      accountId: 'one',
      kind: 'chat',
      credentials: { token: 'a' },
      settle: async (outcome) => void log.push(outcome === 'ok' ? 'settled' : `settled ${outcome.code}`),
      release: () => log.push('released'),
      renew: () => Promise.reject(new Error('not to be called')),
    },
    answer: { chatId, ownsChat, events: eventsOf([]), stop: async () => void log.push('stopped') },
    record: new AnswerRecord(),
    callFormat: 'bracket',
    events: eventsOf([]),
  });
  return { log, background, after, served };
}

describe('a chat after its answer', () => {
  it.each<[string, AfterAnswerOptions['keepers'], string[]]>([
    ['nobody keeps is deleted', [leaves], ['deleted chat']],
    ['cannot be noted is deleted', [fails, leaves], ['deleted chat']],
    ['one keeps stays, whatever the other says', [leaves, keeps, leaves], []],
    ['one keeps stays though the other fails', [keeps, fails], []],
  ])('that %s', async (_what, keepers = [], left) => {
    const { log, background, after, served } = begin({ keepers });
    const answer = served();
    await after.keep(answer);
    after.finished(answer);
    await background.settled();
    expect(log).toEqual(['stopped', 'settled', ...left]);
  });

  it('that its caller goes on with stays although the end could not be told', async () => {
    const { log, background, after, served } = begin({ keepers: [keeps] });
    const answer = served();
    await after.keep(answer);
    after.broken(answer, toGatewayError(new TypeError('a mistake')));
    await background.settled();
    expect(log).toEqual(['stopped', 'released']);
  });

  it('of an attempt that failed is deleted, and that of the good one is kept', async () => {
    const { log, background, after, served } = begin({ keepers: [keeps] });
    await after.failed(served('first'));
    const good = served('second');
    await after.keep(good);
    after.finished(good);
    await background.settled();
    expect(log).toEqual(['stopped', 'deleted first', 'stopped', 'settled']);
  });

  it('that was tidied already is not noted any more', async () => {
    const noted: string[] = [];
    const keeper = async ({ answer }: ServedAnswer) => noted.push(answer.chatId) > 0;
    const { log, background, after, served } = begin({ keepers: [keeper] });
    const answer = served();
    after.finished(answer);
    await after.keep(answer);
    await background.settled();
    expect(noted).toEqual([]);
    expect(log).toEqual(['stopped', 'settled', 'deleted chat']);
  });

  it('is never deleted when it was there before', async () => {
    const { log, background, after, served } = begin();
    after.broken(served('chat', false), new TruncatedAnswerError('cut'));
    await background.settled();
    expect(log).toEqual(['settled upstream_truncated', 'stopped']);
  });
});
