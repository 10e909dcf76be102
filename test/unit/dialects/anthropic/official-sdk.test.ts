import Anthropic from '@anthropic-ai/sdk';
import type { MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages';
import { afterEach, describe, expect, it } from 'vitest';
import { StalledAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ServedAnswer } from '../answer-server.ts';
import { type RecordedAnswer, recordedAnswers } from '../recorded-answers.ts';
import { call, say } from './asked.ts';
import { MessageServer } from './message-server.ts';

const request: MessageCreateParamsNonStreaming = {
  model: 'Qwen3.7-Plus',
  max_tokens: 2000,
  thinking: { type: 'enabled', budget_tokens: 1024 },
  messages: [{ role: 'user', content: 'hi' }],
};

let server: MessageServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function messages(answer: RecordedAnswer, more: Omit<ServedAnswer, 'answer'> = {}) {
  server = await MessageServer.start({ answer, ...more });
  return server.client.messages;
}

const withTools: RecordedAnswer = [
  [say('Looking.')],
  [...call('toolu_1', 'get_weather', '{"city":"Zü', 'rich \\"x\\" 東京","deep":{"a":[1]}}')],
  [...call('toolu_2', 'now')],
  [{ type: 'finish', reason: 'tool-calls' }],
];

describe('the SDK, streaming with its accumulator', () => {
  it.each(Object.entries({ ...recordedAnswers, withTools }))(
    'gathers of a %s answer what the whole one holds',
    async (_kind, answer) => {
      const api = await messages(answer);
      const streamed = await api.stream(request).finalMessage();
      const whole = await api.create(request);
      expect(streamed.content).toEqual(whole.content);
      expect(streamed).toMatchObject({
        id: whole.id,
        model: whole.model,
        stop_reason: whole.stop_reason,
        usage: { output_tokens: whole.usage.output_tokens, input_tokens: whole.usage.input_tokens },
      });
      expect(streamed.usage.input_tokens).toBeGreaterThan(0);
    },
  );

  it('tells of text, thinking, its signature and arguments as they come', async () => {
    const seen: string[] = [];
    const stream = (await messages([...recordedAnswers.thinking.slice(0, 4), ...withTools])).stream(request);
    stream.on('thinking', (delta) => seen.push(`thinking ${delta}`));
    stream.on('signature', (signature) => seen.push(`signed ${signature.length > 0}`));
    stream.on('text', (delta) => seen.push(`text ${delta}`));
    stream.on('inputJson', (delta) => seen.push(`input ${delta}`));
    await stream.finalMessage();
    expect(seen).toEqual([
      'thinking First I ',
      'thinking add.',
      'signed true',
      'text It is **42**.',
      'text Looking.',
      'input ',
      'input {"city":"Zü',
      'input rich \\"x\\" 東京","deep":{"a":[1]}}',
      'input ',
    ]);
  });

  it('takes pings in a silence', async () => {
    const stream = (await messages(recordedAnswers.plain, { idle: true })).stream(request);
    expect(await stream.finalText()).toBe('Hello "there"\n日本語 🙂 \\');
  });

  it('gets citations of a search', async () => {
    const seen: unknown[] = [];
    const stream = (await messages(recordedAnswers.search)).stream(request);
    stream.on('citation', (citation) => seen.push(citation));
    await stream.finalMessage();
    expect(seen).toMatchObject([{ url: 'https://b.example/two' }, { url: 'https://a.example/one' }]);
  });

  it('throws what breaks the stream, and has no message then', async () => {
    const failure = new StalledAnswerError('Qwen has gone silent.');
    const stream = (await messages(recordedAnswers.plain.slice(0, 2), { failure })).stream(request);
    const error = await stream.finalMessage().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(JSON.stringify(Reflect.get(Object(error), 'error'))).toContain('Qwen has gone silent.');
    expect(stream.receivedMessages).toEqual([]);
  });

  it('throws for a stream that just ends', async () => {
    const stream = (await messages(recordedAnswers.plain.slice(0, 2))).stream(request);
    await expect(stream.finalMessage()).rejects.toThrow(/ended before it was finished/);
  });
});
