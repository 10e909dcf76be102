import OpenAI from 'openai';
import { ContentFilterFinishReasonError, LengthFinishReasonError } from 'openai/error';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { afterEach, describe, expect, it } from 'vitest';
import { StalledAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';
import { AnswerServer, type ServedAnswer } from '../answer-server.ts';
import { type RecordedAnswer, recordedAnswers } from '../recorded-answers.ts';

const dialect = createOpenAiChat({ outputThinking: true, searchInfoMode: 'annotations' });
const request: ChatCompletionCreateParamsNonStreaming = {
  model: 'Qwen3.7-Plus',
  messages: [{ role: 'user', content: 'hi' }],
};

let server: AnswerServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function completions(answer: RecordedAnswer, more: Omit<ServedAnswer, 'answer'> = {}) {
  server = await AnswerServer.start(dialect, { answer, ...more });
  return server.client.chat.completions;
}

function answerOf(text: string, reason: 'stop' | 'length' | 'content-filter' = 'stop'): RecordedAnswer {
  const pieces: ChatEvent[] = [...text].map((piece) => ({ type: 'text-delta', text: piece }));
  return [pieces, [{ type: 'finish', reason }]];
}

const place = {
  type: 'json_schema',
  json_schema: { name: 'place', strict: true, schema: { type: 'object' } },
} as const;

describe('the SDK, streaming with its accumulator', () => {
  it('gathers what was sent', async () => {
    const stream = (await completions(recordedAnswers.plain)).stream({ ...request, stream: true });
    expect(await stream.finalChatCompletion()).toMatchObject({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_795_000_000,
      model: 'Qwen3.7-Plus',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello "there"\n日本語 🙂 \\' } },
      ],
    });
  });

  it.each(Object.entries(recordedAnswers))('takes a %s answer', async (_kind, answer) => {
    const stream = (await completions(answer)).stream({ ...request, stream: true });
    const [choice] = (await stream.finalChatCompletion()).choices;
    expect(choice?.message.role).toBe('assistant');
    expect(['stop', 'content_filter']).toContain(choice?.finish_reason);
  });

  it('takes empty events in a silence', async () => {
    const stream = (await completions(recordedAnswers.plain, { idle: true })).stream({ ...request, stream: true });
    expect(await stream.finalContent()).toBe('Hello "there"\n日本語 🙂 \\');
  });

  it('gets usage when asked for', async () => {
    const stream = (await completions(recordedAnswers.plain)).stream({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(await stream.totalUsage()).toMatchObject({ prompt_tokens: 800, completion_tokens: 5, total_tokens: 805 });
  });

  it('gets no chunk without choices when usage was not asked for', async () => {
    const stream = await (await completions(recordedAnswers.plain)).create({ ...request, stream: true });
    for await (const chunk of stream) expect(chunk.choices).toHaveLength(1);
  });

  it('gets the annotations of a search', async () => {
    const stream = (await completions(recordedAnswers.search)).stream({ ...request, stream: true });
    const [choice] = (await stream.finalChatCompletion()).choices;
    expect(choice?.message.annotations?.map((annotation) => annotation.url_citation.title)).toEqual(['Two', 'One']);
  });

  it('gets the thinking chunk by chunk', async () => {
    const stream = await (await completions(recordedAnswers.thinking)).create({ ...request, stream: true });
    let thinking = '';
    for await (const chunk of stream) thinking += Reflect.get(chunk.choices[0]?.delta ?? {}, 'reasoning_content') ?? '';
    expect(thinking).toBe('First I add.');
  });

  it('throws the error of a broken stream', async () => {
    const failure = new StalledAnswerError('Qwen has been silent for too long. Try again.');
    const answer = recordedAnswers.plain.slice(0, 2);
    const stream = (await completions(answer, { failure })).stream({ ...request, stream: true });
    const error = await stream.finalChatCompletion().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ code: 'upstream_stalled', type: 'server_error' });
    expect(String(error)).toContain('Qwen has been silent for too long.');
  });

  it.each([
    ['length', LengthFinishReasonError],
    ['content-filter', ContentFilterFinishReasonError],
  ] as const)('sees that a parsed answer ended by %s', async (reason, expected) => {
    const stream = (await completions(answerOf('{"city"', reason))).stream({
      ...request,
      stream: true,
      response_format: place,
    });
    await expect(stream.finalChatCompletion()).rejects.toBeInstanceOf(expected);
  });

  it('parses JSON that the model put into a fence', async () => {
    const fenced = 'Sure, here it is:\n```json\n{"city": "Zürich", "pop": [1, {"n": "}"}]}\n```\nAnything else?';
    const stream = (await completions(answerOf(fenced))).stream({ ...request, stream: true, response_format: place });
    expect(JSON.parse((await stream.finalContent()) ?? '')).toEqual({ city: 'Zürich', pop: [1, { n: '}' }] });
  });

  it('sees its token limit and its stop sequences kept', async () => {
    const usage = { inputTokens: 1, outputTokens: 10, totalTokens: 11 };
    const counted: RecordedAnswer = [
      [
        { type: 'text-delta', text: '0123456789' },
        { type: 'usage', usage },
      ],
      [{ type: 'finish', reason: 'stop' }],
    ];
    const limited = (await completions(counted)).stream({ ...request, stream: true, max_tokens: 4 });
    const [choice] = (await limited.finalChatCompletion()).choices;
    expect(choice).toMatchObject({ finish_reason: 'length', message: { content: '0123' } });
    await server?.stop();
    const stopped = (await completions(counted)).stream({ ...request, stream: true, stop: ['56', '89'] });
    expect(await stopped.finalContent()).toBe('01234');
  });
});

describe('the SDK, not streaming', () => {
  it('gets the whole answer', async () => {
    const completion = await (await completions(recordedAnswers.search)).create(request);
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'stop',
      logprobs: null,
      message: { role: 'assistant', content: 'Released [[2]] and stable [[1]].', refusal: null },
    });
    expect(completion.choices[0]?.message.annotations).toHaveLength(2);
    expect(completion.usage).toMatchObject({ total_tokens: 820 });
  });

  it('parses JSON that the model put into a fence', async () => {
    const fenced = '```json\n{"city":"Paris"}\n```';
    const parse = (await completions(answerOf(fenced))).parse({
      ...request,
      response_format: { ...place },
    });
    expect((await parse).choices[0]?.message.content).toBe('{"city":"Paris"}');
  });
});
