import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../../../shared/chat/errors/request-errors.ts';
import { noTools, type ToolUse } from '../../../../shared/chat/tool.ts';
import { createOpenAiChat } from '../../../../shared/dialects/openai-chat/openai-chat.ts';
import { plainContext } from '../../../support/request-context.ts';

const dialect = createOpenAiChat({ outputThinking: true, searchInfoMode: 'annotations' });
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = { type: 'function', function: { name: 'get_weather', description: 'Weather now', parameters } };
const shell = { type: 'custom', custom: { name: 'shell' } };
const named = (name: string) => ({ type: 'function', function: { name } });

function read(fields: object): ToolUse {
  return dialect.read({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...fields }, plainContext).request
    .tools;
}

function refusal(fields: object): InvalidRequestError {
  try {
    read(fields);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('was taken');
}

describe('tools', () => {
  it('are functions with a schema, or take free text', () => {
    expect(read({ tools: [weather, shell] })).toEqual({
      definitions: [
        { name: 'get_weather', description: 'Weather now', parameters, input: 'json' },
        { name: 'shell', description: '', parameters: {}, input: 'text' },
      ],
      choice: { type: 'auto' },
      parallel: true,
    });
  });

  it('need neither description nor parameters', () => {
    const bare = { type: 'function', function: { name: 'get_goal', description: null, strict: true } };
    expect(read({ tools: [bare] }).definitions).toEqual([
      { name: 'get_goal', description: '', parameters: {}, input: 'json' },
    ]);
  });

  it('may be 128, with a megabyte of schema', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`p${n}`, { description: 'd'.repeat(80) }]),
    );
    const tools = Array.from({ length: 128 }, (_, n) => ({
      type: 'function',
      function: { name: `tool_${n}`, parameters: { type: 'object', properties } },
    }));
    expect(read({ tools }).definitions).toHaveLength(128);
  });

  it.each([
    ['tools', { tools: [weather, weather] }],
    ['tools[0].type', { tools: [{ type: 'web_search' }] }],
    ['tools[0].function', { tools: [{ type: 'function' }] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: {} }] }],
    ['tools[0].function.name', { tools: [named('')] }],
    ['tools[0].function.name', { tools: [named('get weather')] }],
    ['tools[0].function.name', { tools: [named('x'.repeat(129))] }],
    ['tools[0].function.parameters', { tools: [{ type: 'function', function: { name: 'f', parameters: 'none' } }] }],
    ['tools[0].function.parameters', { tools: [{ type: 'function', function: { name: 'f', parameters: [] } }] }],
    ['tools', { tools: weather }],
    ['tool_choice', { tools: [weather], tool_choice: named('get_time') }],
    ['tool_choice', { tool_choice: 'required' }],
    ['tool_choice', { tools: [weather], tool_choice: 'always' }],
    ['parallel_tool_calls', { tools: [weather], parallel_tool_calls: 'no' }],
  ])('are refused for %s: %j', (param, fields) => {
    expect(refusal(fields)).toMatchObject({ param, status: 400, shouldRetry: false });
  });
});

describe('the choice of tools', () => {
  it.each([
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    ['required', { type: 'required' }],
    [named('get_weather'), { type: 'tool', name: 'get_weather' }],
    [
      { type: 'custom', custom: { name: 'shell' } },
      { type: 'tool', name: 'shell' },
    ],
    [null, { type: 'auto' }],
  ])('%j is %j', (asked, choice) => {
    expect(read({ tools: [weather, shell], tool_choice: asked })).toMatchObject({ choice, parallel: true });
  });

  it('may allow some of the tools only', () => {
    const allowed = { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [named('get_weather')] } };
    const { definitions, choice } = read({ tools: [weather, shell], tool_choice: allowed });
    expect(definitions.map(({ name }) => name)).toEqual(['get_weather']);
    expect(choice).toEqual({ type: 'required' });
  });

  it('may leave open which of the allowed ones, and whether', () => {
    const allowed = { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [shell] } };
    expect(read({ tools: [weather, shell], tool_choice: allowed })).toMatchObject({
      definitions: [{ name: 'shell' }],
      choice: { type: 'auto' },
    });
  });

  it('of none at all is no tools', () => {
    expect(read({ tools: [], tool_choice: 'auto' })).toEqual(noTools);
  });

  it('may be for one call at a time', () => {
    expect(read({ tools: [weather], parallel_tool_calls: false }).parallel).toBe(false);
  });
});
