import { describe, expect, it } from 'vitest';
import { ContentFilterError } from '../../../../shared/chat/errors/answer-faults.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { recordedAnswers } from '../recorded-answers.ts';
import { asked, call, eventsIn, finish, identity, say, streamed, think, whole } from './asked.ts';

const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 } };

const begin = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });
const end = (index: number) => ({ type: 'content_block_stop', index });
const textPiece = (index: number, text: string) => delta(index, { type: 'text_delta', text });
const inputPiece = (index: number, text: string) => delta(index, { type: 'input_json_delta', partial_json: text });

describe('a stream', () => {
  it('has its events in Anthropic’s order', () => {
    expect(streamed(recordedAnswers.plain)).toEqual([
      {
        type: 'message_start',
        message: {
          id: 'msg_0b1c2d3e',
          type: 'message',
          role: 'assistant',
          model: 'Qwen3.7-Plus',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          stop_details: null,
          usage: {
            input_tokens: 800,
            output_tokens: 0,
            cache_creation_input_tokens: 0,
            cache_read_input_tokens: 0,
          },
        },
      },
      begin(0, { type: 'text', text: '' }),
      textPiece(0, 'Hello '),
      textPiece(0, '"there"\n'),
      textPiece(0, '日本語 🙂 \\'),
      end(0),
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null },
        usage: { input_tokens: 800, output_tokens: 5, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
      },
      { type: 'message_stop' },
    ]);
  });

  it('writes nothing for a batch without anything to show', () => {
    const writer = asked().streamWriter(identity);
    expect(writer.open()).toBe('');
    expect(writer.write([{ type: 'start', chatId: 'c', responseId: 'r' }])).toBe('');
    expect(writer.write([say(''), think('')])).toBe('');
    expect(eventsIn(writer.write([say('a')]))).toHaveLength(3);
    expect(eventsIn(writer.write([say('b')]))).toHaveLength(1);
  });

  it('is kept alive by pings, which open it when need be', () => {
    const writer = asked().streamWriter(identity);
    expect(eventsIn(writer.idle()).map(({ type }) => type)).toEqual(['message_start', 'ping']);
    expect(eventsIn(writer.idle())).toEqual([{ type: 'ping' }]);
    expect(eventsIn(writer.write([say('a')])).map(({ type }) => type)).not.toContain('message_start');
    expect(eventsIn(writer.idle())).toEqual([{ type: 'ping' }]);
  });

  it('is broken by an error event, and not ended', () => {
    const writer = asked().streamWriter(identity);
    writer.write([say('a')]);
    expect(eventsIn(writer.fail(new ContentFilterError('Refused.')))).toEqual([
      { type: 'error', error: { type: 'invalid_request_error', message: 'Refused.' }, request_id: 'request-1' },
    ]);
  });

  it('that has no end is broken, too', () => {
    const writer = asked().streamWriter(identity);
    writer.write([say('a')]);
    expect(eventsIn(writer.close())).toMatchObject([{ type: 'error', error: { type: 'api_error' } }]);
  });

  it('of nothing is a message without content', () => {
    expect(streamed([[finish]]).map(({ type }) => type)).toEqual(['message_start', 'message_delta', 'message_stop']);
  });
});

describe('thinking', () => {
  it('stands in a block of its own with a signature, before the text', () => {
    const events = streamed(recordedAnswers.thinking, asked(thinking));
    expect(events.slice(1, -2)).toEqual([
      begin(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'First I ' }),
      delta(0, { type: 'thinking_delta', thinking: 'add.' }),
      delta(0, { type: 'signature_delta', signature: expect.stringMatching(/^[\w+/=]{20,}$/) }),
      end(0),
      begin(1, { type: 'text', text: '' }),
      textPiece(1, 'It is **42**.'),
      end(1),
    ]);
  });

  it('has a signature and no words when these are not wanted', () => {
    const omitted = { thinking: { type: 'adaptive', display: 'omitted' } };
    expect(streamed(recordedAnswers.thinking, asked(omitted)).slice(1, 4)).toEqual([
      begin(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'signature_delta', signature: expect.stringMatching(/./) }),
      end(0),
    ]);
  });

  it.each([
    ['nobody asked for it', {}, true],
    ['it is disabled', { thinking: { type: 'disabled' } }, true],
    ['the owner switched it off', thinking, false],
  ])('is not there when %s', (_when, body, outputThinking) => {
    const events = streamed(recordedAnswers.thinking, asked(body, { outputThinking }));
    expect(events[1]).toEqual(begin(0, { type: 'text', text: '' }));
    expect(JSON.stringify(events)).not.toContain('thinking_delta');
  });

  it('may come again after text', () => {
    const events = streamed([[think('a'), say('b'), think('c'), say('d'), finish]], asked(thinking));
    expect(
      events.filter(({ type }) => type === 'content_block_start').map(({ content_block: { type } }) => type),
    ).toEqual(['thinking', 'text', 'thinking', 'text']);
  });
});

describe('tool calls', () => {
  it('are blocks whose arguments come in pieces only', () => {
    const events = streamed([
      [say('Let me look.'), ...call('toolu_1', 'get_weather', '{"city":', '"Pa\\"ris"}')],
      [...call('toolu_2', 'now'), { type: 'finish', reason: 'tool-calls' }],
    ]);
    expect(events.slice(3)).toEqual([
      end(0),
      begin(1, { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} }),
      inputPiece(1, ''),
      inputPiece(1, '{"city":'),
      inputPiece(1, '"Pa\\"ris"}'),
      end(1),
      begin(2, { type: 'tool_use', id: 'toolu_2', name: 'now', input: {} }),
      inputPiece(2, ''),
      end(2),
      expect.objectContaining({ delta: { stop_reason: 'tool_use', stop_sequence: null, stop_details: null } }),
      { type: 'message_stop' },
    ]);
  });

  it('that were broken off have no more than their pieces', () => {
    const events = streamed([[...call('t', 'now', '{"a"').slice(0, 2), { type: 'finish', reason: 'length' }]]);
    expect(events.slice(-4)).toMatchObject([
      inputPiece(0, '{"a"'),
      end(0),
      { delta: { stop_reason: 'max_tokens' } },
      { type: 'message_stop' },
    ]);
  });
});

describe('the end', () => {
  it.each<[string | null, string, ChatEvent]>([
    [null, 'end_turn', finish],
    [null, 'max_tokens', { type: 'finish', reason: 'length' }],
    [null, 'refusal', { type: 'finish', reason: 'content-filter' }],
    ['END', 'stop_sequence', { type: 'finish', reason: 'stop', stopSequence: 'END' }],
  ])('with the stop sequence %s is %s', (stop_sequence, stop_reason, event) => {
    const expected = { stop_reason, stop_sequence };
    expect(streamed([[say('a')], [event]]).at(-2)).toMatchObject({ delta: expected });
    expect(whole([[say('a')], [event]])).toMatchObject(expected);
  });
});
