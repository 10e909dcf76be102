import fc from 'fast-check';
import { APIError } from 'openai';
import { describe, expect, it } from 'vitest';
import { QuotaExhaustedError } from '../../../../shared/chat/errors/account-faults.ts';
import { ContentFilterError, TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import { ContextTooLongError } from '../../../../shared/chat/errors/request-errors.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { recordedAnswers } from '../recorded-answers.ts';
import {
  call,
  clientOf,
  end,
  eventsIn,
  identity,
  read,
  responseId,
  start,
  streamed,
  text,
  thought,
} from './responses-fixture.ts';

const question = { model: 'qwen3-max', input: 'hi' };

/** What the SDK's helper makes of a stream. */
const accumulated = (stream: string) => clientOf(stream).responses.stream(question).finalResponse();

const weather = { type: 'function', name: 'get_weather', parameters: { type: 'object' } };
const shell = { type: 'custom', name: 'shell' };

describe('the order of events', () => {
  const types = (answer: readonly (readonly ChatEvent[])[]) =>
    eventsIn(streamed(read({ tools: [weather, shell] }), answer)).map(({ type }) => type.replace('response.', ''));

  it('opens an item and a part before the text, and closes them behind it', () => {
    expect(types([[start], [text('a'), text('b')], [end()]])).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'completed',
    ]);
  });

  it('gives thinking as the summary of a reasoning item', () => {
    expect(types([[thought('hm'), text('a'), end()]]).slice(2, 9)).toEqual([
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
      'output_item.added',
    ]);
  });

  it('gives calls of functions and of custom tools in pieces', () => {
    const answer = [call('get_weather', ['{"city":', '"Paris"}']), call('shell', ['ls'], 'text'), [end('tool-calls')]];
    expect(types(answer).slice(2, -1)).toEqual([
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'output_item.added',
      'custom_tool_call_input.delta',
      'custom_tool_call_input.done',
      'output_item.done',
    ]);
  });

  it('numbers events from 0 without a gap, idle events included', () => {
    const writer = read({}).streamWriter(identity);
    const stream =
      writer.open() +
      writer.idle() +
      writer.write([text('a')]) +
      writer.idle() +
      writer.write([end()]) +
      writer.close();
    const events = eventsIn(stream);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(events[2]).toMatchObject({ type: 'response.in_progress', response: { id: responseId, output: [] } });
  });
});

describe('the accumulator of the openai package', () => {
  it.each(Object.entries(recordedAnswers))('takes a %s answer, the same as the whole one', async (_kind, answer) => {
    const whole = read({}).wholeWriter(identity);
    for (const batch of answer) whole.write(batch);
    const { output_text: _text, output_parsed: _parsed, ...response } = await accumulated(streamed(read({}), answer));
    expect(stripParsed(response)).toEqual({ ...whole.body(), completed_at: response.completed_at });
  });

  it('takes calls, and gives arguments and input whole', async () => {
    const answer = [
      [text('Let me see.')],
      call('get_weather', ['{"ci', 'ty":"Paris"}']),
      call('shell', ['ls -l'], 'text'),
      [end('tool-calls')],
    ];
    const { status, output } = await accumulated(streamed(read({ tools: [weather, shell] }), answer));
    expect(status).toBe('completed');
    expect(output).toMatchObject([
      { type: 'message', status: 'completed' },
      { type: 'function_call', call_id: 'call_get_weather', name: 'get_weather', arguments: '{"city":"Paris"}' },
      { type: 'custom_tool_call', call_id: 'call_shell', name: 'shell', input: 'ls -l' },
    ]);
    expect(output.map(({ id }) => id)).toEqual(
      ['msg', 'fc', 'ctc'].map((prefix, place) => `${prefix}_${responseId.slice(5)}_${place}`),
    );
  });

  it('takes idle events anywhere', async () => {
    const writer = read({}).streamWriter(identity);
    const pieces = [
      writer.open(),
      writer.idle(),
      writer.write([thought('t')]),
      writer.idle(),
      writer.write([text('a')]),
      writer.idle(),
    ];
    const stream = pieces.join('') + writer.write([end()]) + writer.close();
    expect((await accumulated(stream)).output_text).toBe('a');
  });

  it('takes any mix of events, cut into batches anywhere', async () => {
    const piece = fc.oneof(
      fc.string({ minLength: 1 }).map(text),
      fc.string({ minLength: 1 }).map(thought),
      fc.uuid().map((id) => call('get_weather', ['{"city":"Pa', 'ris"}'], 'json', id)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(piece, fc.boolean())), async (pieces) => {
        const batches: ChatEvent[][] = [[]];
        for (const [events, cut] of pieces) {
          if (cut) batches.push([]);
          batches.at(-1)?.push(...[events].flat());
        }
        const stream = streamed(read({ tools: [weather] }), [...batches, [end()]]);
        const { status, output, output_text: whole } = await accumulated(stream);
        expect(status).toBe('completed');
        const said = batches
          .flat()
          .map((event) => (event.type === 'text-delta' ? event.text : ''))
          .join('');
        expect(whole).toBe(said);
        expect(output.filter(({ type }) => type === 'function_call')).toHaveLength(
          batches.flat().filter(({ type }) => type === 'tool-call-start').length,
        );
      }),
    );
  });
});

describe('an answer that is not whole', () => {
  it('says when the caller’s limit cut it', async () => {
    const response = await accumulated(streamed(read({}), [[text('One, two')], [end('length')]]));
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      completed_at: null,
      output: [{ status: 'incomplete', content: [{ text: 'One, two' }] }],
    });
  });

  it('says when the upstream withheld the rest', async () => {
    const response = await accumulated(streamed(read({}), [[text('Well')], [end('content-filter')]]));
    expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } });
  });

  it('never tells a call as done that was cut, because agents would run it', async () => {
    const [begin, piece] = call('get_weather', ['{"city":']);
    const stream = streamed(read({ tools: [weather] }), [
      [begin, piece].filter((event) => event !== undefined),
      [end('length')],
    ]);
    expect(stream).not.toMatch(/event: response\.(output_item|function_call_arguments)\.done/);
    const { status, output } = await accumulated(stream);
    expect({ status, output }).toMatchObject({
      status: 'incomplete',
      output: [{ status: 'incomplete', arguments: '{"city":' }],
    });
  });

  it('is a failure when no end came', () => {
    const events = eventsIn(streamed(read({}), [[start], [text('Hal')]]));
    expect(events.at(-2)).toMatchObject({ type: 'error', code: 'upstream_truncated' });
    expect(events.at(-1)).toMatchObject({ type: 'response.failed', response: { status: 'failed' } });
    const whole = read({}).wholeWriter(identity);
    whole.write([text('Hal')]);
    expect(() => whole.body()).toThrow(TruncatedAnswerError);
  });
});

describe('a failure in the stream', () => {
  const fail = (failure = new QuotaExhaustedError('Used up.')) => streamed(read({}), [[text('Hal')]], failure);

  it('makes the helper and the bare stream of the openai package throw', async () => {
    await expect(accumulated(fail())).rejects.toThrow(APIError);
    const bare = await clientOf(fail()).responses.create({ ...question, stream: true });
    await expect(Array.fromAsync(bare)).rejects.toMatchObject({
      code: 'insufficient_quota',
      type: 'insufficient_quota',
    });
  });

  it('keeps what was said, and ends with nothing that looks like success', () => {
    const events = eventsIn(fail());
    expect(events.at(-1)?.response).toMatchObject({
      status: 'failed',
      error: { code: 'insufficient_quota', message: 'Used up.' },
      output: [{ status: 'incomplete', content: [{ text: 'Hal' }] }],
      usage: null,
    });
    expect(events.map(({ type }) => type)).not.toContain('response.completed');
  });

  it.each([
    [new ContextTooLongError({ tokens: 9, limit: 8 }), 'context_length_exceeded'],
    [new ContentFilterError('Refused.'), 'invalid_prompt'],
    [new TruncatedAnswerError('Cut.'), 'server_error'],
  ])('has a code that tells agents whether to try again: %s', (failure, code) => {
    expect(eventsIn(streamed(read({}), [], failure)).at(-1)?.response).toMatchObject({ error: { code } });
  });
});

describe('usage', () => {
  it('is what the upstream counted', async () => {
    const usage = { inputTokens: 812, outputTokens: 90, totalTokens: 902, reasoningTokens: 40, cachedTokens: 12 };
    const response = await accumulated(streamed(read({}), [[text('a'), { type: 'usage', usage }], [end()]]));
    expect(response.usage).toEqual({
      input_tokens: 812,
      input_tokens_details: { cached_tokens: 12, cache_write_tokens: 0 },
      output_tokens: 90,
      output_tokens_details: { reasoning_tokens: 40 },
      total_tokens: 902,
    });
  });

  it('is estimated from this request when the upstream counted nothing', async () => {
    const input = 'word '.repeat(400);
    const { usage } = await accumulated(
      streamed(read({ input }), [[thought('x'.repeat(40)), text('y'.repeat(80))], [end()]]),
    );
    expect(usage?.input_tokens).toBeGreaterThan(450);
    expect(usage?.input_tokens).toBeLessThan(550);
    expect(usage).toMatchObject({ output_tokens: 30, output_tokens_details: { reasoning_tokens: 10 } });
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + 30);
  });
});

describe('reasoning', () => {
  it('is sealed only when asked for, and taken back', async () => {
    const answer = [[thought('hm'), text('a')], [end()]];
    const [plain] = (await accumulated(streamed(read({}), answer))).output;
    expect(plain).not.toHaveProperty('encrypted_content');
    const asked = read({ include: ['reasoning.encrypted_content'] });
    const [sealed] = (await accumulated(streamed(asked, answer))).output;
    expect(sealed).toMatchObject({ type: 'reasoning', encrypted_content: expect.stringMatching(/.+/) });
    const next = read({ input: [sealed, { role: 'user', content: 'go on' }] });
    expect(next.request.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'go on' }] }]);
  });
});

describe('the response object', () => {
  it('shows the request as it was sent', () => {
    const whole = read({
      instructions: 'Be short.',
      metadata: { run: '7' },
      tools: [weather, { type: 'file_search', vector_store_ids: ['v'] }],
      tool_choice: 'auto',
      reasoning: { effort: 'low', summary: 'auto' },
      text: { format: { type: 'text' }, verbosity: 'low' },
      max_output_tokens: 99,
      service_tier: 'flex',
      store: false,
    }).wholeWriter(identity);
    whole.write([text('a'), end()]);
    expect(whole.body()).toMatchObject({
      id: responseId,
      object: 'response',
      created_at: identity.createdAt,
      model: 'qwen3-max',
      instructions: 'Be short.',
      metadata: { run: '7' },
      tools: [weather, { type: 'file_search', vector_store_ids: ['v'] }],
      reasoning: { effort: 'low', summary: 'auto' },
      text: { verbosity: 'low' },
      max_output_tokens: 99,
      service_tier: 'flex',
      store: false,
      error: null,
      incomplete_details: null,
      previous_response_id: null,
    });
  });
});

function stripParsed(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => (key === 'parsed' || key === 'parsed_arguments' ? undefined : inner)),
  );
}
