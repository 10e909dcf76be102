import { describe, expect, it } from 'vitest';
import { ToolCallInvalidError, TruncatedAnswerError } from '../../../../shared/chat/errors/answer-faults.ts';
import { recordedAnswers } from '../recorded-answers.ts';
import { asked, call, finish, identity, say, whole } from './asked.ts';

const thinking = asked({ thinking: { type: 'enabled', budget_tokens: 1024 } });

describe('a whole answer', () => {
  it('is one message', () => {
    expect(whole(recordedAnswers.plain)).toEqual({
      id: 'msg_0b1c2d3e',
      type: 'message',
      role: 'assistant',
      model: 'Qwen3.7-Plus',
      content: [{ type: 'text', text: 'Hello "there"\n日本語 🙂 \\' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      stop_details: null,
      usage: { input_tokens: 800, output_tokens: 5, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
    });
  });

  it('holds signed thinking before its text', () => {
    expect(whole(recordedAnswers.thinking, thinking).content).toEqual([
      { type: 'thinking', thinking: 'First I add.', signature: expect.stringMatching(/./) },
      { type: 'text', text: 'It is **42**.' },
    ]);
    expect(whole(recordedAnswers.thinking).content).toEqual([{ type: 'text', text: 'It is **42**.' }]);
    const omitted = asked({ thinking: { type: 'adaptive', display: 'omitted' } });
    expect(whole(recordedAnswers.thinking, omitted).content[0]).toMatchObject({ type: 'thinking', thinking: '' });
  });

  it('holds calls with their arguments as objects', () => {
    const answer = [
      [say('Looking.'), ...call('a', 'get_weather', '{"city":', '"Pa\\"ris"}'), ...call('b', 'now')],
      [{ type: 'finish', reason: 'tool-calls' } as const],
    ];
    expect(whole(answer)).toMatchObject({
      stop_reason: 'tool_use',
      content: [
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 'a', name: 'get_weather', input: { city: 'Pa"ris' } },
        { type: 'tool_use', id: 'b', name: 'now', input: {} },
      ],
    });
  });

  it('leaves out a call that was broken off', () => {
    const answer = [[say('a'), ...call('t', 'now', '{"a"').slice(0, 2), { type: 'finish', reason: 'length' } as const]];
    expect(whole(answer)).toMatchObject({ stop_reason: 'max_tokens', content: [{ type: 'text', text: 'a' }] });
  });

  it('is none when its end is missing, or when a call can’t be read', () => {
    expect(() => whole([[say('a')]])).toThrow(TruncatedAnswerError);
    expect(() => whole([[...call('t', 'now', '{"a"'), finish]])).toThrow(ToolCallInvalidError);
    expect(() => asked().wholeWriter(identity).body()).toThrow(TruncatedAnswerError);
  });
});
