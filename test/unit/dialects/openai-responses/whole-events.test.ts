import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { readResponses, readSentRequest } from '../../../../shared/dialects/openai-responses/read-request.ts';
import { ResponseReplay } from '../../../../shared/dialects/openai-responses/replay-response.ts';
import { recordedAnswers } from '../recorded-answers.ts';
import {
  call,
  end,
  eventsIn,
  identity,
  read,
  type StreamEvent,
  settings,
  streamed,
  text,
  thought,
} from './responses-fixture.ts';

const key = '0123456789ab4def8123456789abcdef';
const tools = [
  { type: 'function', name: 'get_weather' },
  { type: 'custom', name: 'shell' },
  { type: 'namespace', name: 'mcp', tools: [{ type: 'function', name: 'get_weather' }] },
];

/** The events of a stream between its beginning and its end, without their numbers. */
function middle(answer: readonly (readonly ChatEvent[])[], body: object = {}): readonly object[] {
  return eventsIn(streamed(read({ tools, ...body }), answer))
    .slice(2, -1)
    .map(({ sequence_number: _number, ...event }) => event);
}

describe('every event of a stream, whole', () => {
  it('for text that cites', () => {
    const place = { item_id: `msg_${key}_0`, output_index: 0, content_index: 0 };
    const found = [
      { number: 1, url: 'https://a.example/', title: 'A' },
      { number: 2, url: 'https://b.example/', title: 'B' },
    ];
    const citation = { type: 'url_citation', start_index: 3, end_index: 8, title: 'B', url: 'https://b.example/' };
    const part = { type: 'output_text', text: 'So [[2]].', annotations: [citation], logprobs: [] };
    const item = { id: place.item_id, type: 'message', role: 'assistant' };
    expect(middle([[text('So ')], [{ type: 'sources', sources: found }], [text('[[2]].'), end()]])).toEqual([
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { ...item, status: 'in_progress', content: [] },
      },
      {
        type: 'response.content_part.added',
        ...place,
        part: { type: 'output_text', text: '', annotations: [], logprobs: [] },
      },
      { type: 'response.output_text.delta', ...place, logprobs: [], delta: 'So ' },
      { type: 'response.output_text.delta', ...place, logprobs: [], delta: '[[2]].' },
      { type: 'response.output_text.annotation.added', ...place, annotation_index: 0, annotation: citation },
      { type: 'response.output_text.done', ...place, text: 'So [[2]].', logprobs: [] },
      { type: 'response.content_part.done', ...place, part },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { ...item, status: 'completed', content: [part] },
      },
    ]);
  });

  it('for thinking', () => {
    const place = { item_id: `rs_${key}_0`, output_index: 0, summary_index: 0 };
    const part = { type: 'summary_text', text: 'hm' };
    const item = { id: place.item_id, type: 'reasoning' };
    expect(middle([[thought(''), thought('h'), thought(''), thought('m')], [end('length')]])).toEqual([
      { type: 'response.output_item.added', output_index: 0, item: { ...item, summary: [] } },
      { type: 'response.reasoning_summary_part.added', ...place, part: { type: 'summary_text', text: '' } },
      { type: 'response.reasoning_summary_text.delta', ...place, delta: 'h' },
      { type: 'response.reasoning_summary_text.delta', ...place, delta: 'm' },
      { type: 'response.reasoning_summary_text.done', ...place, text: 'hm' },
      { type: 'response.reasoning_summary_part.done', ...place, part },
      { type: 'response.output_item.done', output_index: 0, item: { ...item, summary: [part] } },
    ]);
  });

  it.each([
    ['get_weather', 'json', 'fc', 'function_call', 'function_call_arguments', 'arguments', { name: 'get_weather' }],
    [
      'mcp.get_weather',
      'json',
      'fc',
      'function_call',
      'function_call_arguments',
      'arguments',
      { name: 'get_weather', namespace: 'mcp' },
    ],
    ['shell', 'text', 'ctc', 'custom_tool_call', 'custom_tool_call_input', 'input', { name: 'shell' }],
  ] as const)('for a call of %s', (name, input, prefix, type, events, field, tool) => {
    const place = { item_id: `${prefix}_${key}_0`, output_index: 0 };
    const item = { id: place.item_id, type, call_id: 'call_1', ...tool };
    const named = input === 'json' ? { name: tool.name } : {};
    expect(middle([call(name, ['{"a"', ':1}'], input, 'call_1'), [end('tool-calls')]])).toEqual([
      { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', [field]: '' } },
      { type: `response.${events}.delta`, ...place, delta: '{"a"' },
      { type: `response.${events}.delta`, ...place, delta: ':1}' },
      { type: `response.${events}.done`, ...place, ...named, [field]: '{"a":1}' },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { ...item, status: 'completed', [field]: '{"a":1}' },
      },
    ]);
  });

  it('numbers items on, and never opens one for nothing', () => {
    const answer = [[thought('a'), text(''), text('b')], call('shell', ['ls'], 'text'), [text('c'), end()]];
    const added = middle(answer).flatMap((event) => ('item' in event && 'output_index' in event ? [event] : []));
    expect(added.map(({ output_index: index }) => index)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(added.map(({ item }) => Object(item).id)).toEqual(
      ['rs', 'msg', 'ctc', 'msg'].flatMap((prefix, index) => Array(2).fill(`${prefix}_${key}_${index}`)),
    );
  });

  it.each([
    ['length', 'incomplete'],
    ['content-filter', 'incomplete'],
    ['stop', 'completed'],
    ['tool-calls', 'completed'],
  ] as const)('after %s leaves the open item %s', (reason, status) => {
    expect(middle([[text('One, tw'), end(reason)]]).at(-1)).toMatchObject({ item: { status } });
  });

  it('shows pictures and films as links, apart from the words around them', () => {
    const [picture, film] = [recordedAnswers.picture, recordedAnswers.video].map(
      (answer) => Object(Object(middle(answer).at(-1)).item).content[0].text,
    );
    expect(picture).toBe('![Image](https://cdn.example/blue.png?key=k)\n\nA circle.');
    expect(film).toBe('Here:\n\n[Video](https://cdn.example/v.mp4)\n\n');
  });

  it('leaves thinking out when the owner does not want it shown', () => {
    const sent = readSentRequest({ model: 'm', input: 'hi' });
    const request = readResponses(sent, { ...settings, outputThinking: false }, undefined);
    const stream = streamed(request, [[thought('hm'), text('a'), end()]]);
    expect(stream).toContain('output_text.delta');
    expect(stream).not.toContain('hm');
  });
});

describe('a stored response told again', () => {
  const answers: Readonly<Record<string, readonly (readonly ChatEvent[])[]>> = {
    ...recordedAnswers,
    calls: [
      [thought('hm'), text('See: ')],
      call('get_weather', ['{"city":"Paris"}']),
      call('mcp.get_weather', ['{}']),
      call('shell', ['ls'], 'text'),
      [end('tool-calls')],
    ],
    'silent call': [call('shell', [], 'text'), [end('tool-calls')]],
    cut: [[text('One, tw')], [end('length')]],
  };
  const bodies = [{}, { background: true }, { include: ['reasoning.encrypted_content'] }];

  it.each(Object.keys(answers).flatMap((kind) => bodies.map((body) => [kind, body] as const)))(
    'has the very events that the %s answer had when it was made: %j',
    (kind, body) => {
      const answer = answers[kind] ?? [];
      const whole = read({ tools, ...body }).wholeWriter(identity);
      for (const batch of answer) whole.write(batch);
      const response = JSON.parse(JSON.stringify(whole.body()));
      const told = eventsIn(new ResponseReplay(-1).end(response));
      const live = inOnePiece(eventsIn(streamed(read({ tools, ...body }), answer)));
      const queued = 'background' in body ? [{ ...live[0], type: 'response.queued' }] : [];
      expect(withoutNumbers(told)).toEqual(withoutNumbers([...live.slice(0, 1), ...queued, ...live.slice(1)]));
      const begun = 'background' in body ? 'queued' : 'in_progress';
      expect(told[0]).toMatchObject({ type: 'response.created', response: { status: begun } });
    },
  );
});

/** Of the beginning, other tests tell; here its status and times would be the live answer's own. */
function withoutNumbers(events: readonly object[]): readonly object[] {
  return events.map((event) => {
    const { sequence_number: _number, type, response, ...rest } = { response: undefined, type: '', ...Object(event) };
    return { type, ...(response !== undefined && { id: Object(response).id }), ...rest };
  });
}

/** The events with the pieces of one item as a single piece, as a stored text has no others. */
function inOnePiece(events: readonly StreamEvent[]): readonly StreamEvent[] {
  const merged: StreamEvent[] = [];
  for (const event of events) {
    const before = merged.at(-1);
    if (before?.type === event.type && event.type.endsWith('.delta')) {
      merged[merged.length - 1] = { ...before, delta: `${before.delta}${event.delta}` };
    } else merged.push(event);
  }
  return merged;
}
