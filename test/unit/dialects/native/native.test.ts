import { afterEach, describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { noTools } from '../../../../shared/chat/tool.ts';
import { createNative } from '../../../../shared/dialects/native/native.ts';
import { plainContext } from '../../../support/request-context.ts';
import { AnswerServer, batches, identity, records, streamPieces } from '../answer-server.ts';
import { recordedAnswers } from '../recorded-answers.ts';

const dialect = createNative({ outputThinking: true, searchInfoMode: 'annotations', defaultModel: 'qwen3.7-plus' });

function read(body: object) {
  return dialect.read(body, plainContext);
}

function refusal(body: object): InvalidRequestError {
  try {
    read(body);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
  }
  throw new Error('was taken');
}

describe('a native request', () => {
  it('needs nothing but a message', () => {
    expect(read({ message: 'hi' })).toMatchObject({
      request: {
        model: 'qwen3.7-plus',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
        features: {},
        limits: { stopSequences: [] },
        format: { type: 'text' },
        tools: noTools,
      },
      stream: false,
    });
  });

  it('takes text and pictures as parts', () => {
    const message = [
      { type: 'text', text: 'what is this?' },
      { type: 'image', image: 'https://a.example/1.png' },
    ];
    expect(read({ message }).request.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'what is this?' },
          { type: 'image', url: 'https://a.example/1.png', field: 'message[1].image' },
        ],
      },
    ]);
  });

  it('takes OpenAI’s messages and fields as well', () => {
    const { request, stream } = read({
      model: 'qwen3.8-max-search',
      messages: [
        { role: 'system', content: 'be kind' },
        { role: 'user', content: 'hi' },
      ],
      stream: true,
      max_tokens: 9,
      stop: 'END',
      enable_thinking: true,
    });
    expect(stream).toBe(true);
    expect(request).toMatchObject({
      model: 'qwen3.8-max-search',
      messages: [{ role: 'system' }, { role: 'user' }],
      limits: { maxOutputTokens: 9, stopSequences: ['END'] },
      features: { thinking: true },
    });
  });

  it('puts the system message first', () => {
    expect(read({ message: 'hi', systemMessage: 'be brief' }).request.messages).toEqual([
      { role: 'system', content: 'be brief' },
      { role: 'user', content: [{ type: 'text', text: 'hi' }] },
    ]);
  });

  it.each([
    [{ chatId: 'c' }, { chatId: 'c' }],
    [
      { chatId: 'c', parentId: 'p' },
      { chatId: 'c', parentId: 'p' },
    ],
    [{ chatId: 'c', parentId: null }, { chatId: 'c' }],
    [{ chatId: null, parentId: null }, undefined],
  ])('goes on from %j', (fields, thread) => {
    expect(read({ message: 'hi', ...fields }).request.thread).toEqual(thread);
  });

  it('is the same with null for every optional field', () => {
    const nulls = { model: null, messages: null, systemMessage: null, chatType: null, stream: null };
    expect(read({ message: 'hi', ...nulls }).request).toEqual(read({ message: 'hi', chatType: 't2t' }).request);
  });

  it.each([
    ['message', {}],
    ['message', { message: null, messages: null }],
    ['message', { message: 'a', messages: [{ role: 'user', content: 'b' }] }],
    ['message', { message: 3 }],
    ['message', { message: [] }],
    ['message[0].text', { message: [{ type: 'text' }] }],
    ['message[0].image', { message: [{ type: 'image', image: 'picture.png' }] }],
    ['message[0].file', { message: [{ type: 'file' }] }],
    ['messages', { messages: [] }],
    ['parentId', { message: 'hi', parentId: 'p' }],
    ['chatId', { message: 'hi', chatId: '' }],
    ['chatId', { message: 'hi', chatId: 7 }],
    ['chatType', { message: 'hi', chatType: 't2x' }],
    ['n', { message: 'hi', n: 2 }],
  ])('is refused for its %s: %j', (param, body) => {
    expect(refusal(body)).toMatchObject({ param, status: 400 });
  });

  it.each([
    ['t2i', { output: 'image' }],
    ['image_edit', { output: 'image-edit' }],
    ['t2v', { output: 'video' }],
  ])('for %s asks for what it says', (chatType, output) => {
    expect(read({ message: 'hi', chatType, size: '1024x1536' }).request).toMatchObject({
      ...output,
      aspectRatio: '3:4',
    });
  });

  it.each([
    [{ chatType: 't2v' }, true],
    [{ chatType: 't2v', waitForCompletion: true }, true],
    [{ chatType: 't2v', waitForCompletion: false }, false],
    [{ chatType: 't2i', waitForCompletion: false }, undefined],
    [{}, undefined],
  ])('with %j says whether the caller waits for the film: %s', (fields, waits) => {
    expect(read({ message: 'hi', ...fields }).waitForVideo).toBe(waits);
  });

  it('names who is to be told of the end of a film, and of nothing else', () => {
    const url = 'https://owner.example/hook';
    const film = read({ message: 'hi', chatType: 't2v', webhook_url: url });
    expect([film.webhookUrl, film.waitForVideo]).toEqual([url, true]);
    for (const none of [{}, { webhook_url: '' }, { webhook_url: null }]) {
      expect(Object.keys(read({ message: 'hi', chatType: 't2v', ...none }))).not.toContain('webhookUrl');
    }
    expect(refusal({ message: 'hi', webhook_url: url })).toMatchObject({ param: 'webhook_url', status: 400 });
    expect(refusal({ message: 'hi', chatType: 't2i', webhook_url: url })).toMatchObject({ param: 'webhook_url' });
  });

  it('names no thread when it continues none', () => {
    expect(Object.keys(read({ message: 'hi' }).request)).not.toContain('thread');
  });
});

describe('a native answer', () => {
  const thread = { chatId: 'chat-1', parentId: 'response-1' };

  it('names its chat and itself in the body', () => {
    const writer = read({ message: 'hi' }).wholeWriter(identity);
    for (const batch of recordedAnswers.plain) writer.write(batch);
    expect(writer.body()).toMatchObject({ ...thread, object: 'chat.completion', choices: [{ finish_reason: 'stop' }] });
  });

  it.each(Object.entries(recordedAnswers))('names them on every chunk of a %s stream', async (_kind, answer) => {
    const asked = read({ message: 'hi', stream: true, stream_options: { include_usage: true } });
    const all = records((await streamPieces(asked, batches(answer))).join(''));
    for (const chunk of all.slice(0, -1)) expect(chunk).toMatchObject(thread);
    expect(all[0]).toMatchObject({ choices: [{ delta: { role: 'assistant', content: '' } }] });
  });

  it('begins with the role also when a silence or a failure of order comes first', () => {
    const writer = read({ message: 'hi' }).streamWriter(identity);
    expect(writer.open()).toBe('');
    const [role, empty] = records(writer.idle());
    expect(role).toMatchObject({ choices: [{ delta: { role: 'assistant' } }] });
    expect(empty).toMatchObject({ choices: [{ delta: {} }] });
    const late: ChatEvent[] = [
      { type: 'start', chatId: 'c', responseId: 'r' },
      { type: 'text-delta', text: 'x' },
    ];
    expect(records(writer.write(late))).toMatchObject([
      { chatId: 'c', parentId: 'r', choices: [{ delta: { content: 'x' } }] },
    ]);
  });

  describe('read by the official SDK', () => {
    let server: AnswerServer | undefined;

    afterEach(async () => {
      await server?.stop();
    });

    it('is a chat completion with two more fields', async () => {
      server = await AnswerServer.start(dialect, { answer: recordedAnswers.thinking });
      const { completions } = server.client.chat;
      const stream = completions.stream({ model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true });
      const completion = await stream.finalChatCompletion();
      expect(completion.choices[0]?.message.content).toBe('It is **42**.');
      expect(completion).toMatchObject(thread);
    });
  });
});
