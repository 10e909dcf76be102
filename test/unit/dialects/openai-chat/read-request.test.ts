import { describe, expect, it } from 'vitest';
import type { ReadRequest } from '../../../../shared/chat/dialect.ts';
import { UnsupportedParameterError } from '../../../../shared/chat/errors/request-errors.ts';
import type { ChatEvent } from '../../../../shared/chat/event.ts';
import { noTools } from '../../../../shared/chat/tool.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';
import { plainContext } from '../../../support/request-context.ts';
import { identity, records } from '../answer-server.ts';

const settings = { outputThinking: true, searchInfoMode: 'table' } as const;
const dialect = createOpenAiChat(settings);
const plain = { model: 'Qwen3.7-Plus', messages: [{ role: 'user', content: 'hi' }] };

function read(fields: object = {}) {
  return dialect.read({ ...plain, ...fields }, plainContext);
}

describe('a request with nothing but the needed', () => {
  it('is read with its defaults', () => {
    expect(read()).toMatchObject({
      request: {
        model: 'Qwen3.7-Plus',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
        features: {},
        limits: { stopSequences: [] },
        format: { type: 'text' },
        tools: noTools,
      },
      stream: false,
    });
  });

  it('is the same with null for every optional field', () => {
    const fields = ['stream', 'stream_options', 'max_tokens', 'max_completion_tokens', 'stop', 'n', 'response_format'];
    const more = ['reasoning_effort', 'enable_thinking', 'thinking_budget', 'enable_search', 'web_search_options'];
    const rest = [
      'tools',
      'parallel_tool_calls',
      'tool_choice',
      'functions',
      'function_call',
      'logprobs',
      'modalities',
    ];
    const nulls = Object.fromEntries([...fields, ...more, ...rest].map((field) => [field, null]));
    expect(read(nulls).request).toEqual(read().request);
  });

  it('is the same with fields that the gateway does not know or use', () => {
    const ignored = {
      temperature: 0.2,
      top_p: 'high',
      seed: 1,
      user: 'u',
      metadata: { a: 1 },
      service_tier: 'flex',
      parallel_tool_calls: true,
      store: true,
      top_logprobs: 3,
      future_field: [1],
      stream_options: { include_obfuscation: false },
    };
    expect(read(ignored).request).toEqual(read().request);
  });
});

describe('features', () => {
  it.each([
    [{ reasoning_effort: 'none' }, { thinking: false }],
    [{ reasoning_effort: 'minimal' }, { thinking: false }],
    [{ reasoning_effort: 'low' }, { thinking: true }],
    [{ reasoning_effort: 'max' }, { thinking: true }],
    [{ reasoning_effort: 'some-new-word' }, { thinking: true }],
    [{ enable_thinking: true }, { thinking: true }],
    [{ enable_thinking: false, reasoning_effort: 'high' }, { thinking: false }],
    [{ thinking_budget: 1024 }, { thinkingBudget: 1024 }],
    [{ enable_search: true }, { search: true }],
    [{ web_search_options: {} }, { search: true }],
    [{ web_search_options: { search_context_size: 'low' } }, { search: true }],
    [{ enable_search: false, web_search_options: {} }, { search: false }],
  ])('of %j are %j', (fields, features) => {
    expect(read(fields).request.features).toEqual(features);
  });
});

describe('limits', () => {
  it.each([
    [{ max_tokens: 5 }, { maxOutputTokens: 5, stopSequences: [] }],
    [{ max_completion_tokens: 7 }, { maxOutputTokens: 7, stopSequences: [] }],
    [
      { max_tokens: 5, max_completion_tokens: 7 },
      { maxOutputTokens: 7, stopSequences: [] },
    ],
    [{ stop: 'END' }, { stopSequences: ['END'] }],
    [{ stop: ['a', '', 'b'] }, { stopSequences: ['a', 'b'] }],
    [{ stop: '' }, { stopSequences: [] }],
  ])('of %j are %j', (fields, limits) => {
    expect(read(fields).request.limits).toEqual(limits);
  });
});

describe('format', () => {
  const schema = { type: 'object', properties: { city: { type: 'string' } } };
  it.each([
    [{ type: 'text' }, { type: 'text' }],
    [{ type: 'json_object' }, { type: 'json' }],
    [
      { type: 'json_schema', json_schema: { name: 'place', strict: true, schema } },
      { type: 'json-schema', name: 'place', schema },
    ],
    [
      { type: 'json_schema', json_schema: { name: 'any' } },
      { type: 'json-schema', name: 'any', schema: {} },
    ],
  ])('of %j is %j', (format, expected) => {
    expect(read({ response_format: format }).request.format).toEqual(expected);
  });

  it('of JSON keeps sources out of the text', () => {
    const events: ChatEvent[] = [
      { type: 'text-delta', text: '{}' },
      { type: 'sources', sources: [{ number: 1, url: 'https://a.example', title: 'A' }] },
      { type: 'finish', reason: 'stop' },
    ];
    const contentOf = (asked: ReadRequest) => {
      const writer = asked.wholeWriter(identity);
      writer.write(events);
      return JSON.stringify(writer.body());
    };
    expect(contentOf(read())).toContain('a.example');
    expect(contentOf(read({ response_format: { type: 'json_object' } }))).not.toContain('a.example');
  });
});

describe('how the answer is written', () => {
  const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
  const answer: ChatEvent[] = [
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'text-delta', text: 'yes' },
    { type: 'usage', usage },
    { type: 'finish', reason: 'stop' },
  ];
  const write = (asked: ReadRequest) => {
    const writer = asked.streamWriter(identity);
    return JSON.stringify(records(writer.open() + writer.write(answer) + writer.close()));
  };

  it('is streamed on demand, with usage on demand', () => {
    expect(read({ stream: true }).stream).toBe(true);
    expect(write(read({ stream: true }))).not.toContain('prompt_tokens');
    expect(write(read({ stream: true, stream_options: { include_usage: true } }))).toContain('"prompt_tokens":1');
  });

  it('follows the settings', () => {
    const other = createOpenAiChat({ outputThinking: false, searchInfoMode: 'text' });
    expect(write(read())).toContain('reasoning_content');
    expect(write(other.read(plain, plainContext))).not.toContain('reasoning_content');
  });
});

describe('what can not be honoured', () => {
  it.each([
    ['n', { n: 2 }],
    ['logprobs', { logprobs: true }],
    ['modalities', { modalities: ['text', 'audio'] }],
    ['functions', { functions: [{ name: 'f' }] }],
  ])('is refused: %s of %j', (param, fields) => {
    let refused: unknown;
    try {
      read(fields);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(UnsupportedParameterError);
    expect(refused).toMatchObject({ param, status: 400, code: 'unsupported_parameter', shouldRetry: false });
  });

  it.each([
    { n: 1 },
    { logprobs: false },
    { modalities: ['text'] },
    { tools: [] },
    { functions: [{ name: 'f' }], function_call: 'none' },
    { tool_choice: 'auto' },
  ])('is taken where it asks for nothing: %j', (fields) => {
    expect(read(fields).request).toEqual(read().request);
  });
});
