import { describe, expect, it } from 'vitest';
import { EmptyAnswerError, TruncatedAnswerError } from '../../../shared/chat/errors/answer-faults.ts';
import { AnswerRecord } from '../../../shared/relay/answer-record.ts';
import { holdHead } from '../../../shared/relay/hold-head.ts';
import { eventsOf, finish, start, text } from '../../support/chat-events.ts';

const reasoning = { type: 'reasoning-delta', text: 'hm' } as const;

describe('holdHead', () => {
  it('gives the same events, from the first one on', async () => {
    const batches = [[start], [], [text('a')], [text('b'), finish]];
    expect(await Array.fromAsync(await holdHead(eventsOf(batches)))).toEqual(batches);
  });

  it('reads no further than the first visible event', async () => {
    const seen: string[] = [];
    async function* events() {
      for (const name of ['start', 'visible', 'later']) {
        seen.push(name);
        yield [name === 'visible' ? text('a') : start];
      }
    }
    await holdHead(events());
    expect(seen).toEqual(['start', 'visible']);
  });

  it('throws what comes before the first visible event', async () => {
    const failure = new TruncatedAnswerError('cut');
    await expect(holdHead(eventsOf([[start]], failure))).rejects.toBe(failure);
  });

  it('takes an end without anything for a failure', async () => {
    await expect(holdHead(eventsOf([[start]]))).rejects.toBeInstanceOf(EmptyAnswerError);
    await expect(holdHead(eventsOf([]))).rejects.toBeInstanceOf(EmptyAnswerError);
  });

  it('leaves a later failure to the reader', async () => {
    const failure = new TruncatedAnswerError('cut');
    const events = await holdHead(eventsOf([[text('a')]], failure));
    await expect(Array.fromAsync(events)).rejects.toBe(failure);
  });

  it('closes the source when the reader leaves', async () => {
    let closed = false;
    async function* events() {
      try {
        yield [text('a')];
        yield [text('b')];
      } finally {
        closed = true;
      }
    }
    for await (const _batch of await holdHead(events())) break;
    expect(closed).toBe(true);
  });
});

describe('AnswerRecord', () => {
  it('notes ids, usage and the finish reason', async () => {
    const record = new AnswerRecord();
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
    await Array.fromAsync(
      record.watch(
        eventsOf([
          [start, text('a')],
          [{ type: 'usage', usage }, finish],
        ]),
      ),
    );
    expect(record).toMatchObject({ responseId: 'response', usage, finishReason: 'stop' });
  });

  it.each([
    ['nothing', [[start], [finish]]],
    ['thinking alone', [[reasoning], [finish]]],
    ['sources alone', [[{ type: 'sources', sources: [] } as const, finish]]],
  ])('refuses a good end after %s', async (_what, batches) => {
    await expect(Array.fromAsync(new AnswerRecord().watch(eventsOf(batches)))).rejects.toBeInstanceOf(EmptyAnswerError);
  });

  it.each(['length', 'content-filter'] as const)('lets an answer cut by %s be empty', async (reason) => {
    const events = eventsOf([[{ type: 'finish', reason }]]);
    await expect(Array.fromAsync(new AnswerRecord().watch(events))).resolves.toHaveLength(1);
  });
});
