import { describe, expect, it } from 'vitest';
import {
  AccountUnauthorizedError,
  ChallengeError,
  QuotaExhaustedError,
} from '../../../shared/chat/errors/account-faults.ts';
import {
  ContentFilterError,
  EmptyAnswerError,
  TruncatedAnswerError,
  UpstreamUnavailableError,
} from '../../../shared/chat/errors/answer-faults.ts';
import { answer, created, delta, finished, readFrames } from './read-stream.ts';

const typing = { status: 'typing' };
const usage = { input_tokens: 5, output_tokens: 2, total_tokens: 7 };

describe('what is text', () => {
  it('is only the answer phase, and never what a function says', async () => {
    const { text, reasoning } = await readFrames(
      created,
      delta({ content: 'progress', phase: 'KeepAlive', ...typing }),
      delta({ content: '{"a"', phase: 'tool_call', ...typing }),
      delta({ content: 'ran', phase: 'code_interpreter', role: 'function', status: 'finished' }),
      delta({ content: 'spoken', phase: 'answer', role: 'function', status: 'finished' }),
      answer('right'),
      finished,
    );
    expect({ text, reasoning }).toEqual({ text: 'right', reasoning: '' });
  });

  it('is not what comes without a phase inside of thinking', async () => {
    const { text, reasoning } = await readFrames(
      created,
      delta({ content: 'a', phase: 'think', ...typing }),
      delta({ content: 'b', ...typing }),
      delta({ content: '', phase: 'think', status: 'finished' }),
      delta({ content: 'c', phase: null, ...typing }),
      finished,
    );
    expect({ text, reasoning }).toEqual({ text: 'c', reasoning: 'ab' });
  });

  it('is repeated when the model repeats itself', async () => {
    const { text } = await readFrames(created, answer('ha'), answer('ha'), answer('ha'), finished);
    expect(text).toBe('hahaha');
  });

  it('survives null in every field', async () => {
    const { text, error } = await readFrames(
      created,
      { choices: null, response_id: null, usage: null },
      { choices: [null] },
      { choices: [{ delta: null }] },
      delta({ content: null, phase: null, extra: null, name: undefined }),
      'data: 7\n\ndata: null\n\ndata: "text"\n\n',
      answer('right'),
      finished,
    );
    expect({ text, error }).toEqual({ text: 'right', error: undefined });
  });
});

describe('which answer is followed', () => {
  it('is the one with index 0, whatever else shares the stream', async () => {
    const other = { choices: [{ delta: { content: 'other', phase: 'answer', status: 'finished' } }], response_id: 'x' };
    const otherCreated = { 'response.created': { chat_id: 'chat-1', response_id: 'x', response_index: '1' } };
    const { text, events } = await readFrames(otherCreated, other, created, other, answer('mine'), other, finished);
    expect(text).toBe('mine');
    expect(events[0]).toEqual({ type: 'start', chatId: 'chat-1', responseId: 'answer-1' });
  });

  it('is the first that speaks when none was announced', async () => {
    const { events } = await readFrames(answer('a'), finished);
    expect(events[0]).toEqual({ type: 'start', chatId: 'chat-1', responseId: 'answer-1' });
  });
});

describe('the end', () => {
  it.each([
    ['done', { done: true }],
    ['response.stopped', { 'response.stopped': { chat_id: 'chat-1' } }],
    ['[DONE]', 'data: [DONE]\n\n'],
  ])('is told by %s', async (_name, frame) => {
    const { events, error } = await readFrames(created, answer('a'), frame);
    expect(error).toBeUndefined();
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content-filter'],
  ])('is told by finish_reason %s, which counts may follow', async (finishReason, reason) => {
    const { events } = await readFrames(
      { choices: [{ delta: { content: 'a' }, finish_reason: finishReason }] },
      { choices: [], usage },
    );
    expect(events.slice(1)).toEqual([
      { type: 'usage', usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 } },
      { type: 'finish', reason },
    ]);
  });

  it('is not told by another phase that has finished', async () => {
    const { error } = await readFrames(created, delta({ phase: 'think', content: 'a', status: 'finished' }));
    expect(error).toBeInstanceOf(TruncatedAnswerError);
  });

  it('is final: nothing after it counts', async () => {
    const { text, error } = await readFrames(created, answer('a'), finished, answer('b'), { error: 'RateLimited' });
    expect({ text, error }).toEqual({ text: 'a', error: undefined });
  });

  it('that does not come is an error, by what was seen until then', async () => {
    expect((await readFrames(created, answer('a', { usage }))).error).toBeInstanceOf(TruncatedAnswerError);
    expect((await readFrames(created, answer('', { usage }))).error).toBeInstanceOf(EmptyAnswerError);
  });

  it('after a legacy picture goes on when text follows', async () => {
    const url = 'https://cdn.qwenlm.ai/output/a.png?key=TEST';
    const picture = delta({ phase: 'image_gen', content: url, ...typing });
    const pictureEnd = delta({ phase: 'image_gen', status: 'finished' });
    const { events, text } = await readFrames(created, picture, picture, pictureEnd, answer('there'), finished);
    expect(events.filter(({ type }) => type === 'image')).toEqual([{ type: 'image', url }]);
    expect(text).toBe('there');
  });
});

describe('a refusal', () => {
  it('comes after the events of the same read', async () => {
    const together = [created, answer('a'), { error: { code: 'RateLimited', num: 2 } }];
    const { text, error } = await readFrames(together.map((frame) => `data: ${JSON.stringify(frame)}\n`).join(''));
    expect(text).toBe('a');
    expect(error).toBeInstanceOf(QuotaExhaustedError);
    expect(error?.retryAfterSeconds).toBe(7200);
  });

  it.each([
    ['a delta with an error', delta({ status: 'error', extra: { error: { code: 'Unauthorized' } } })],
    ['a text in a delta', delta({ extra: { error: 'Unauthorized: no' } })],
    ['an error event without JSON', 'event: error\ndata: Unauthorized\n\n'],
    ['an envelope', { success: false, data: { code: 'unauthorized' } }],
    ['a bare refusal', { code: 'Unauthorized', detail: 'no' }],
  ])('is read from %s', async (_name, frame) => {
    expect((await readFrames(created, frame)).error).toBeInstanceOf(AccountUnauthorizedError);
  });

  it('by the firewall is a challenge, as JSON or as a page', async () => {
    const ret = { ret: ['FAIL_SYS_USER_VALIDATE', 'RGV587'], data: { url: 'x' } };
    expect((await readFrames(ret)).error).toBeInstanceOf(ChallengeError);
    expect((await readFrames(`${JSON.stringify(ret)}\n`)).error).toBeInstanceOf(ChallengeError);
    expect((await readFrames('<!doctypehtml><meta name="aliyun_waf_aa">')).error).toBeInstanceOf(ChallengeError);
  });

  it('by the content filter is an error only when nothing was shown', async () => {
    const filtered = { error: { code: 'data_inspection_failed' } };
    expect((await readFrames(created, filtered)).error).toBeInstanceOf(ContentFilterError);
    const { events, error } = await readFrames(created, answer('a', { usage }), filtered);
    expect(error).toBeUndefined();
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'content-filter' });
  });

  it('of an unknown delta error is a passing one', async () => {
    const { error } = await readFrames(created, delta({ status: 'error', content: 'boom' }));
    expect(error).toBeInstanceOf(UpstreamUnavailableError);
  });
});

describe('counts', () => {
  it('are told once for each read, the last of them, and empty ones change nothing', async () => {
    const more = { ...usage, output_tokens: 3, total_tokens: 8 };
    const together = [created, answer('a', { usage }), answer('b', { usage: more }), answer('c', { usage: {} })];
    const { events } = await readFrames(together.map((frame) => `data: ${JSON.stringify(frame)}\n`).join(''), finished);
    expect(events.filter(({ type }) => type === 'usage')).toEqual([
      { type: 'usage', usage: { inputTokens: 5, outputTokens: 3, totalTokens: 8 } },
    ]);
  });
});

describe('sources', () => {
  const document = (url: string) => ({ url, title: '', snippet: 's', hostname: 'h', date: 'd' });
  const result = (extra: object) => delta({ phase: 'web_search', role: 'function', status: 'finished', extra });

  it('keep their number when one of them can not be used, and repeat a URL', async () => {
    const docs = [document('https://a'), { title: 'no url' }, document('https://a')];
    const { events } = await readFrames(created, result({ tool_result: { docs, used_id: 24 } }), finished);
    const common = { url: 'https://a', title: 'https://a', snippet: 's', siteName: 'h', date: 'd' };
    expect(events[1]).toEqual({
      type: 'sources',
      sources: [
        { ...common, number: 21 },
        { ...common, number: 23 },
      ],
    });
  });

  it('are told once when their frame is repeated, and never when there are none', async () => {
    const frame = result({ web_search_info: [document('https://a')] });
    const { events } = await readFrames(created, result({ web_search_info: [] }), frame, frame, finished);
    expect(events.filter(({ type }) => type === 'sources')).toHaveLength(1);
  });
});
