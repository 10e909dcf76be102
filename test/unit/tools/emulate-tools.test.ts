import { describe, expect, it } from 'vitest';
import type { ChatEvent, ChatEvents } from '../../../shared/chat/event.ts';
import type { ChatMessage } from '../../../shared/chat/request.ts';
import type { ToolChoice, ToolUse } from '../../../shared/chat/tool.ts';
import { callFormat, callFormatNames } from '../../../shared/tools/call-format.ts';
import { emulateTools } from '../../../shared/tools/emulate-tools.ts';
import { chatRequest, toolResult, user } from '../qwen-web/chat-request.ts';

const format = callFormat('bracket', 0);
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = { name: 'get_weather', description: 'Weather now.', parameters, input: 'json' } as const;

function tools(choice: ToolChoice = { type: 'auto' }, parallel = true): ToolUse {
  return { definitions: [weather], choice, parallel };
}

const call = (id: string, city: string) => ({ id, name: 'get_weather', arguments: `{"city":"${city}"}` });

const history: readonly ChatMessage[] = [
  { role: 'system', content: 'Be kind.' },
  user('And in Rome and Oslo?'),
  { role: 'assistant', content: 'Let me see.', toolCalls: [call('call_a', 'Rome'), call('call_b', 'Oslo')] },
  toolResult('call_b', 'snow'),
  toolResult('call_a', 'no such city', true),
];

describe('a request with tools', () => {
  const { request } = emulateTools(chatRequest({ messages: history, tools: tools() }), format);

  it('tells of them behind the caller’s own instructions', () => {
    expect(request.messages.map(({ role }) => role)).toEqual(['system', 'system', 'user', 'assistant', 'tool', 'tool']);
    const told = request.messages[1]?.content;
    expect(told).toContain('## get_weather(city: string)\nWeather now.');
    expect(told).toContain('[tool_call]\n{"name": "tool_name", "arguments": {"parameter": "value"}}\n[/tool_call]');
    expect(told).toContain('Several calls');
    expect(told).not.toContain('free text');
    expect(request.reminder).toContain('[tool_call]');
  });

  it('has its calls in the words of the conversation, counted, and the results linked to them', () => {
    expect(request.messages[3]).toEqual({
      role: 'assistant',
      content: [
        'Let me see.',
        '[tool_call]\n{"id": 1, "name": "get_weather", "arguments": {"city":"Rome"}}\n[/tool_call]',
        '[tool_call]\n{"id": 2, "name": "get_weather", "arguments": {"city":"Oslo"}}\n[/tool_call]',
      ].join('\n\n'),
      toolCalls: [],
    });
    expect(request.messages.slice(4)).toMatchObject([
      { toolCallId: '2', name: 'get_weather', isError: false },
      { toolCallId: '1', name: 'get_weather', isError: true },
    ]);
  });

  it('is the same for the same beginning, however the conversation goes on', () => {
    const longer = emulateTools(
      chatRequest({ messages: [...history, user('Thanks.')], tools: tools() }),
      format,
    ).request;
    expect(longer.messages.slice(0, request.messages.length)).toEqual(request.messages);
  });

  it('keeps the reminder it has, behind that of the tools', () => {
    const { request: reminded } = emulateTools(chatRequest({ tools: tools(), reminder: 'In French.' }), format);
    expect(reminded.reminder).toMatch(/^Tools are called .*\. In French\.$/);
    expect(request.reminder).toMatch(/as told above\.$/);
  });

  it('of system messages only tells of them at the end', () => {
    const messages = [{ role: 'system', content: 'Be kind.' }] as const;
    const { request: short } = emulateTools(chatRequest({ messages, tools: tools() }), format);
    expect(short.messages.map(({ content }) => content)).toEqual(['Be kind.', expect.stringContaining('# Tools')]);
  });

  it('may allow one call at a time', () => {
    const { request: one } = emulateTools(chatRequest({ tools: tools({ type: 'auto' }, false) }), format);
    expect(JSON.stringify(one.messages)).toContain('Make one call at a time');
  });

  it.each<[ToolChoice, RegExp]>([
    [{ type: 'required' }, /^Answer with at least one tool call/],
    [{ type: 'tool', name: 'get_weather' }, /^Answer with a call of the tool get_weather/],
  ])('of the choice %j demands a call at the end', (choice, words) => {
    expect(emulateTools(chatRequest({ tools: tools(choice) }), format).request.reminder).toMatch(words);
  });

  it('in a chat of the upstream tells of the tools where the new messages begin', () => {
    const { request: threaded } = emulateTools(
      chatRequest({ messages: history, tools: tools(), thread: { chatId: 'c' } }),
      format,
    );
    expect(threaded.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'system',
      'tool',
      'tool',
    ]);
  });

  it.each(callFormatNames)('asks for calls in the format %s, in history too', (name) => {
    const wanted = callFormat(name, 0);
    const text = JSON.stringify(emulateTools(chatRequest({ messages: history, tools: tools() }), wanted).request);
    expect(text.split(wanted.open).length).toBeGreaterThan(4);
  });
});

describe('odd histories', () => {
  it('keep arguments that are no JSON as text, and results without a call', () => {
    const messages: readonly ChatMessage[] = [
      user('go'),
      { role: 'assistant', content: '', toolCalls: [{ id: 'x', name: 'exec', arguments: 'ls "a"' }] },
      { role: 'tool', toolCallId: 'x', content: [], isError: false },
      toolResult('unknown', 'left over'),
    ];
    const { request } = emulateTools(chatRequest({ messages }), format);
    expect(request.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: '[tool_call]\n{"id": 1, "name": "exec", "input": "ls \\"a\\""}\n[/tool_call]',
        toolCalls: [],
      },
      { role: 'tool', toolCallId: '1', name: 'exec', content: [{ type: 'text', text: '(no output)' }], isError: false },
      toolResult('unknown', 'left over'),
    ]);
    expect(request.reminder).toBeUndefined();
  });

  it.each(['[1]', '"text"', '5', 'null', ''])('keep arguments that are no object as text: %s', (text) => {
    const messages: readonly ChatMessage[] = [
      user('go'),
      { role: 'assistant', content: '', toolCalls: [{ id: 'x', name: 'f', arguments: text }] },
    ];
    expect(emulateTools(chatRequest({ messages }), format).request.messages[1]?.content).toBe(
      `[tool_call]\n{"id": 1, "name": "f", "input": ${JSON.stringify(text)}}\n[/tool_call]`,
    );
  });

  it('of results alone are folded too', () => {
    const result: ChatMessage = { role: 'tool', toolCallId: 'x', content: [], isError: false };
    const { request } = emulateTools(chatRequest({ messages: [user('go'), result] }), format);
    expect(request.messages[1]).toEqual({ ...result, content: [{ type: 'text', text: '(no output)' }] });
  });

  it('of calls alone are folded too', () => {
    const messages: readonly ChatMessage[] = [{ role: 'assistant', content: '', toolCalls: [call('x', 'Rome')] }];
    expect(emulateTools(chatRequest({ messages }), format).request.messages[0]).toMatchObject({ toolCalls: [] });
  });

  it('without calls or results are left as they are', () => {
    const answered: ChatMessage = { role: 'assistant', content: 'Hi.', toolCalls: [] };
    const request = chatRequest({ messages: [user('go'), answered] });
    expect(emulateTools(request, format).request).toBe(request);
    const withTools = emulateTools({ ...request, tools: tools() }, format).request;
    expect(withTools.messages.at(-1)).toBe(answered);
  });

  it('link a result to the last call of its id', () => {
    const asks = (city: string): ChatMessage => ({ role: 'assistant', content: '', toolCalls: [call('0', city)] });
    const messages = [user('go'), asks('Rome'), toolResult('0', 'sun'), asks('Oslo'), toolResult('0', 'snow')];
    const { request } = emulateTools(chatRequest({ messages }), format);
    expect(request.messages.flatMap((said) => (said.role === 'tool' ? said.toolCallId : []))).toEqual(['1', '2']);
  });
});

describe('a request without tools', () => {
  const events: ChatEvents = (async function* (): AsyncGenerator<readonly ChatEvent[]> {})();

  it('passes untouched, and so does its answer', () => {
    const request = chatRequest();
    const emulation = emulateTools(request, format);
    expect(emulation.request).toBe(request);
    expect(emulation.read(events)).toBe(events);
  });

  it('or with a list of none, whatever the choice, says nothing of them', () => {
    const request = chatRequest({ tools: { definitions: [], choice: { type: 'auto' }, parallel: true } });
    expect(emulateTools(request, format).request).toBe(request);
  });

  it('or with tools that must not be called says nothing of them', () => {
    const request = chatRequest({ tools: tools({ type: 'none' }) });
    expect(emulateTools(request, format).request).toBe(request);
  });
});
