import { describe, expect, it } from 'vitest';
import type { OpenAiChatOptions } from '../../../../shared/dialects/openai-chat/options.ts';
import { identity } from '../answer-server.ts';
import { type RecordedAnswer, recordedAnswers } from '../recorded-answers.ts';
import { asked } from './asked.ts';

function body(answer: RecordedAnswer, options: Partial<OpenAiChatOptions> = {}): object {
  const writer = asked(options).wholeWriter(identity);
  for (const batch of answer) writer.write(batch);
  return writer.body();
}

describe('a whole answer', () => {
  it('has every field that the SDK types demand, and no other', () => {
    expect(body(recordedAnswers.plain)).toEqual({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_795_000_000,
      model: 'Qwen3.7-Plus',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello "there"\n日本語 🙂 \\', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 800, completion_tokens: 5, total_tokens: 805 },
    });
  });

  it('holds the thinking unless the setting leaves it out', () => {
    expect(body(recordedAnswers.thinking)).toMatchObject({
      choices: [{ message: { content: 'It is **42**.', reasoning_content: 'First I add.' } }],
    });
    expect(JSON.stringify(body(recordedAnswers.thinking, { outputThinking: false }))).not.toContain('First');
  });

  it('holds pictures and videos as Markdown', () => {
    expect(body(recordedAnswers.picture)).toMatchObject({
      choices: [{ message: { content: '![Image](https://cdn.example/blue.png?key=k)\n\nA circle.' } }],
    });
    expect(body(recordedAnswers.video)).toMatchObject({
      choices: [{ message: { content: 'Here:\n\n[Video](https://cdn.example/v.mp4)\n\n' } }],
    });
  });

  it('tells that it was filtered', () => {
    expect(body(recordedAnswers.filtered)).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] });
  });

  it('makes no counts up', () => {
    expect(body(recordedAnswers.wordless)).not.toHaveProperty('usage');
  });

  it('counts by the last word of the upstream', () => {
    const first = { inputTokens: 1326, outputTokens: 159, totalTokens: 1485 };
    const second = { inputTokens: 6581, outputTokens: 40, totalTokens: 6621, reasoningTokens: 12 };
    const answer = [
      [
        { type: 'usage', usage: first },
        { type: 'usage', usage: second },
        { type: 'finish', reason: 'stop' },
      ],
    ] as const;
    expect(body(answer)).toMatchObject({
      usage: {
        prompt_tokens: 6581,
        completion_tokens: 40,
        total_tokens: 6621,
        completion_tokens_details: { reasoning_tokens: 12 },
      },
    });
  });
});
