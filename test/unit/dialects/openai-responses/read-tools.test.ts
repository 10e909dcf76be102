import { describe, expect, it } from 'vitest';
import { noTools } from '../../../../shared/chat/tool.ts';
import { call, end, eventsIn, read, streamed } from './responses-fixture.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const weather = { type: 'function', name: 'get_weather', description: 'Tells the weather.', parameters, strict: true };
const shell = { type: 'custom', name: 'shell', description: 'Runs a line.' };
const search = { type: 'web_search', external_web_access: true };

const names = (body: object) => read(body).request.tools.definitions.map(({ name }) => name);

describe('tools', () => {
  it('are functions and custom tools', () => {
    expect(read({ tools: [weather, shell], parallel_tool_calls: false }).request.tools).toEqual({
      definitions: [
        { name: 'get_weather', description: 'Tells the weather.', parameters, input: 'json' },
        { name: 'shell', description: 'Runs a line.', parameters: {}, input: 'text' },
      ],
      choice: { type: 'auto' },
      parallel: false,
    });
  });

  it('may come without parameters and descriptions', () => {
    const [tool] = read({ tools: [{ type: 'function', name: 'get_goal', parameters: null }] }).request.tools
      .definitions;
    expect(tool).toEqual({ name: 'get_goal', description: '', parameters: {}, input: 'json' });
  });

  it('carry the grammar of a custom tool to the model', () => {
    const format = { type: 'grammar', syntax: 'lark', definition: 'start: LINE' };
    const [tool] = read({ tools: [{ ...shell, format }] }).request.tools.definitions;
    expect(tool?.description).toContain('start: LINE');
    expect(read({ tools: [{ ...shell, format: { type: 'text' } }] }).request.tools.definitions[0]?.description).toBe(
      'Runs a line.',
    );
  });

  it('lose their namespaces, and are called by their plain names', () => {
    const tools = [
      { type: 'namespace', name: 'clock', tools: [{ type: 'function', name: 'sleep' }, { type: 'new_kind' }] },
    ];
    expect(names({ tools })).toEqual(['sleep']);
    const [, , added] = eventsIn(streamed(read({ tools }), [call('sleep', ['{}']), [end('tool-calls')]]));
    expect(added?.item).not.toHaveProperty('namespace');
    expect(added?.item).toMatchObject({ name: 'sleep' });
  });

  it('are told apart when two namespaces have one name, on the way there, back and there again', () => {
    const group = (name: string) => ({ type: 'namespace', name, tools: [{ type: 'function', name: 'wait' }] });
    const tools = [group('functions'), group('agents')];
    const input = [
      { role: 'user', content: 'x' },
      { type: 'function_call', call_id: 'c1', name: 'wait', namespace: 'agents', arguments: '{}' },
      { type: 'function_call', call_id: 'c2', name: 'wait', namespace: 'functions', arguments: '{}' },
    ];
    const request = read({ tools, input });
    expect(request.request.tools.definitions.map(({ name }) => name)).toEqual(['wait', 'agents.wait']);
    expect(request.request.messages[1]).toMatchObject({ toolCalls: [{ name: 'agents.wait' }, { name: 'wait' }] });
    const [, , added] = eventsIn(streamed(request, [call('agents.wait', ['{}']), [end('tool-calls')]]));
    expect(added?.item).toMatchObject({ name: 'wait', namespace: 'agents' });
  });

  it('come in items too, where a later declaration takes the place of an earlier one', () => {
    const added = (description: string) => ({
      type: 'additional_tools',
      role: 'developer',
      tools: [
        { type: 'namespace', name: 'functions', tools: [{ ...shell, description }] },
        { type: 'function', name: 'extra' },
      ],
    });
    const { definitions } = read({ input: [added('old'), { role: 'user', content: 'x' }, added('new')] }).request.tools;
    expect(definitions).toMatchObject([{ name: 'shell', description: 'new' }, { name: 'extra' }]);
  });

  it('of OpenAI’s own are dropped without an error', () => {
    const own = [
      'file_search',
      'mcp',
      'computer',
      'computer_use_preview',
      'code_interpreter',
      'local_shell',
      'shell',
      'tool_search',
      'apply_patch',
    ];
    expect(read({ tools: own.map((type) => ({ type, whatever: 1 })) }).request.tools).toEqual(noTools);
    expect(names({ tools: [...own.map((type) => ({ type })), weather] })).toEqual(['get_weather']);
  });

  it('may be many, and large', () => {
    const tools = Array.from({ length: 128 }, (_, index) => ({
      ...weather,
      name: `tool_${index}`,
      description: 'x'.repeat(8000),
    }));
    expect(names({ tools })).toHaveLength(128);
  });

  it.each([
    [{ tools: [weather, weather] }, 'tools'],
    [{ tools: [{ type: 'function', name: 'two words' }] }, 'tools[0].name'],
    [{ tools: [{ type: 'function' }] }, 'tools[0].name'],
    [{ tools: [{ ...weather, parameters: 'none' }] }, 'tools[0].parameters'],
    [{ tools: [{ ...weather, parameters: [] }] }, 'tools[0].parameters'],
    [{ tools: [weather, 5] }, 'tools[1]'],
    [{ tools: [{ name: 'x' }] }, 'tools[0].type'],
    [{ tools: [{ type: 'namespace', name: 'n' }] }, 'tools[0].tools'],
    [{ tools: [{ type: 'namespace', name: 'n', tools: [{ type: 'function', name: 1 }] }] }, 'tools[0].tools[0].name'],
    [{ tools: [weather], tool_choice: { type: 'function', name: 'other' } }, 'tool_choice'],
    [{ tools: [weather], tool_choice: { type: 'function' } }, 'tool_choice.name'],
    [{ tool_choice: 'required' }, 'tool_choice'],
    [{ tools: [weather], tool_choice: { type: 'allowed_tools', mode: 'no', tools: [] } }, 'tool_choice.mode'],
  ])('that are wrong are named: %j', (body, param) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ status: 400, param }));
  });
});

describe('tool_choice', () => {
  const choice = (asked: unknown) => read({ tools: [weather, shell], tool_choice: asked }).request.tools;

  it.each(['auto', 'none', 'required'])('takes %s', (word) => {
    expect(choice(word).choice).toEqual({ type: word });
  });

  it('takes one tool by its name', () => {
    expect(choice({ type: 'function', name: 'get_weather' }).choice).toEqual({ type: 'tool', name: 'get_weather' });
    expect(choice({ type: 'custom', name: 'shell' }).choice).toEqual({ type: 'tool', name: 'shell' });
  });

  it('passes only the allowed ones on', () => {
    const asked = {
      type: 'allowed_tools',
      mode: 'required',
      tools: [{ type: 'custom', name: 'shell' }, { type: 'mcp' }],
    };
    expect(choice(asked)).toMatchObject({ definitions: [{ name: 'shell' }], choice: { type: 'required' } });
  });

  it('leaves it to the model when it names a tool of OpenAI’s own', () => {
    expect(choice({ type: 'file_search' }).choice).toEqual({ type: 'auto' });
  });
});

describe('a web search', () => {
  const features = (body: object) => read(body).request.features;

  it.each(['web_search', 'web_search_preview', 'web_search_2025_08_26', 'web_search_preview_2025_03_11'])(
    'is the upstream’s: %s',
    (type) => {
      expect(features({ tools: [{ type }] })).toEqual({ search: true });
    },
  );

  it('gives way to tools of the client, as Codex declares both', () => {
    expect(features({ tools: [weather, search] })).toEqual({});
  });

  it('is done when the choice names it, or demands something and nothing else is there', () => {
    expect(features({ tools: [weather, search], tool_choice: { type: 'web_search_preview' } })).toEqual({
      search: true,
    });
    expect(read({ tools: [search], tool_choice: 'required' }).request).toMatchObject({
      features: { search: true },
      tools: noTools,
    });
  });

  it('is not done when nothing may be called', () => {
    expect(features({ tools: [search], tool_choice: 'none' })).toEqual({});
    const asked = { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'mcp' }] };
    expect(features({ tools: [search], tool_choice: asked })).toEqual({});
  });
});
