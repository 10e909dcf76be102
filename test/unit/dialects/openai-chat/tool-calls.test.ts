import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { batches, identity, records, streamPieces } from '../answer-server.ts';
import { asked } from './asked.ts';

const answer: readonly ChatEvent[] = [
  { type: 'text-delta', text: 'Let me look.' },
  { type: 'tool-call-start', id: 'call_1', name: 'get_weather', input: 'json' },
  { type: 'tool-call-delta', text: '{"city":' },
  { type: 'tool-call-delta', text: '"Pa\\"ris"}' },
  { type: 'tool-call-end' },
  { type: 'tool-call-start', id: 'call_2', name: 'shell', input: 'text' },
  { type: 'tool-call-delta', text: 'ls -l\n' },
  { type: 'tool-call-end' },
  { type: 'finish', reason: 'tool-calls' },
];

function delta(fields: object) {
  return { choices: [{ index: 0, delta: fields, finish_reason: null }] };
}

describe('tool calls in a stream', () => {
  it('are a header with empty arguments, then pieces with nothing but index and text', async () => {
    const all = records((await streamPieces(asked(), batches([answer]))).join(''));
    expect(all.slice(2)).toMatchObject([
      delta({
        tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '' } }],
      }),
      delta({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: '"Pa\\"ris"}' } }] }),
      delta({ tool_calls: [{ index: 1, id: 'call_2', type: 'custom', custom: { name: 'shell', input: '' } }] }),
      delta({ tool_calls: [{ index: 1, custom: { input: 'ls -l\n' } }] }),
      { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
      '[DONE]',
    ]);
    const pieces = all.map((record) => JSON.stringify(record)).filter((text) => text.includes('"arguments":"{'));
    expect(pieces).toHaveLength(1);
    expect(pieces[0]).not.toMatch(/"(name|type|id)":"(get_weather|function|call_1)"/);
  });

  it('have the role before them when no text does', async () => {
    const all = records((await streamPieces(asked(), batches([answer.slice(1)]))).join(''));
    expect(all[0]).toMatchObject({ choices: [{ delta: { role: 'assistant' } }] });
  });
});

describe('tool calls in a whole answer', () => {
  function message(events: readonly ChatEvent[]) {
    const writer = asked().wholeWriter(identity);
    writer.write(events);
    return Reflect.get(writer.body(), 'choices')[0];
  }

  it('stand beside the text', () => {
    expect(message(answer)).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: 'Let me look.',
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Pa\\"ris"}' } },
          { id: 'call_2', type: 'custom', custom: { name: 'shell', input: 'ls -l\n' } },
        ],
      },
    });
  });

  it('leave the content null when there is no text', () => {
    expect(message(answer.slice(1)).message.content).toBeNull();
    expect(
      message([
        { type: 'text-delta', text: 'hi' },
        { type: 'finish', reason: 'stop' },
      ]).message,
    ).not.toHaveProperty('tool_calls');
  });
});
