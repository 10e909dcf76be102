import { describe, expect, it } from 'vitest';
import { asked, refusal } from './asked.ts';

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = { name: 'get_weather', description: 'Weather', input_schema: schema };
const read = (body: object) => asked(body).request.tools;
const namesOf = (body: object) => read(body).definitions.map(({ name }) => name);

describe('tools', () => {
  it('of the caller have a schema, and no type or custom', () => {
    const definition = { name: 'get_weather', description: 'Weather', parameters: schema, input: 'json' };
    for (const type of [undefined, null, 'custom']) {
      expect(read({ tools: [{ ...weather, type }] })).toEqual({
        definitions: [definition],
        choice: { type: 'auto' },
        parallel: true,
      });
    }
    expect(read({ tools: [{ name: 'now', input_schema: {} }] }).definitions).toEqual([
      { name: 'now', description: '', parameters: {}, input: 'json' },
    ]);
  });

  it.each([
    ['bash_20250124', 'bash', 'command'],
    ['text_editor_20250728', 'str_replace_based_edit_tool', 'old_str'],
    ['text_editor_20250124', 'str_replace_editor', 'old_str'],
    ['memory_20250818', 'memory', 'old_path'],
  ])('of the kind %s get a schema', (type, name, field) => {
    const [definition] = read({ tools: [{ type, name }] }).definitions;
    expect(definition).toMatchObject({ name, input: 'json', parameters: { type: 'object' } });
    expect(definition?.parameters.properties).toHaveProperty(field);
    expect(definition?.description).not.toBe('');
  });

  it.each([['computer_20250124'], ['code_execution_20260521'], ['web_fetch_20260318'], ['mcp_toolset'], ['gadget_1']])(
    'of the kind %s are refused by name',
    (type) => {
      expect(refusal(() => read({ tools: [weather, { type, name: 'x' }] }))).toMatchObject({
        param: 'tools[1].type',
        code: 'unsupported_parameter',
        message: expect.stringContaining(`'${type}'`),
      });
    },
  );

  it.each([
    ['tools[0].name', [{ input_schema: schema }]],
    ['tools[0].name', [{ name: 'two words', input_schema: schema }]],
    ['tools[0].input_schema', [{ name: 'x' }]],
    ['tools[0].input_schema', [{ name: 'x', input_schema: [schema] }]],
    ['tools[0].input_schema', [{ name: 'x', input_schema: 'object' }]],
    ['tools', [weather, weather]],
    ['tools', weather],
  ])('are refused for a wrong %s', (param, tools) => {
    expect(refusal(() => read({ tools }))).toMatchObject({ param, status: 400 });
  });

  it('may be many, with large schemas', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`field_${index}`, { type: 'string', description: 'x'.repeat(60) }]),
    );
    const tools = Array.from({ length: 128 }, (_, index) => ({
      name: `tool_${index}`,
      input_schema: { type: 'object', properties },
    }));
    expect(JSON.stringify(tools).length).toBeGreaterThan(1_000_000);
    expect(namesOf({ tools })).toHaveLength(128);
  });
});

describe('web search', () => {
  const search = { type: 'web_search_20260318', name: 'web_search', max_uses: 8 };

  it('is a feature, and no tool', () => {
    const { request } = asked({ tools: [weather, search] });
    expect(request.features).toEqual({ search: true });
    expect(request.tools.definitions.map(({ name }) => name)).toEqual(['get_weather']);
    expect(asked({ tools: [weather] }).request.features).toEqual({});
  });

  it('may be demanded: it is on already', () => {
    for (const tool_choice of [{ type: 'any' }, { type: 'tool', name: 'web_search' }]) {
      expect(read({ tools: [search], tool_choice }).definitions).toEqual([]);
    }
    expect(read({ tools: [weather, search], tool_choice: { type: 'tool', name: 'web_search' } }).choice).toEqual({
      type: 'auto',
    });
    expect(read({ tools: [weather, search], tool_choice: { type: 'any' } }).choice).toEqual({ type: 'required' });
  });
});

describe('tool_choice', () => {
  it.each([
    [{ type: 'auto' }, { type: 'auto' }],
    [{ type: 'any' }, { type: 'required' }],
    [
      { type: 'tool', name: 'get_weather' },
      { type: 'tool', name: 'get_weather' },
    ],
    [{ type: 'none' }, { type: 'none' }],
  ])('%j', (tool_choice, choice) => {
    expect(read({ tools: [weather], tool_choice })).toMatchObject({ choice, parallel: true });
    expect(read({ tools: [weather], tool_choice: { ...tool_choice, disable_parallel_tool_use: true } })).toMatchObject({
      choice,
      parallel: false,
    });
  });

  it.each([
    ['tool_choice', { type: 'tool', name: 'other' }],
    ['tool_choice.name', { type: 'tool' }],
    ['tool_choice.type', { type: 'perhaps' }],
    ['tool_choice', 'auto'],
  ])('is refused: %s', (param, tool_choice) => {
    expect(refusal(() => read({ tools: [weather], tool_choice })).param).toBe(param);
  });

  it('can demand nothing where nothing is', () => {
    expect(refusal(() => read({ tools: [], tool_choice: { type: 'any' } })).param).toBe('tool_choice');
    expect(read({ tools: [], tool_choice: { type: 'auto' } }).definitions).toEqual([]);
  });
});

describe('tools to be loaded later', () => {
  const later = { name: 'NotebookEdit', input_schema: schema, defer_loading: true };
  const tools = [weather, later, { ...later, name: 'DeferredToolPlaceholder' }, { ...later, name: 'Other' }];
  const withBlocks = (...content: readonly object[]) => namesOf({ tools, messages: [{ role: 'user', content }] });
  const reference = { type: 'tool_reference', tool_name: 'NotebookEdit' };

  it('are hidden at first, and the placeholder for ever', () => {
    expect(namesOf({ tools })).toEqual(['get_weather']);
    expect(withBlocks({ type: 'tool_reference', tool_name: 'DeferredToolPlaceholder' })).toEqual(['get_weather']);
  });

  it.each([
    ['a result refers to them', { type: 'tool_result', tool_use_id: 't', content: [reference] }],
    [
      'Anthropic’s search refers to them',
      {
        type: 'tool_search_tool_result',
        tool_use_id: 't',
        content: { type: 'tool_search_tool_search_result', tool_references: [reference] },
      },
    ],
    ['they are added', { type: 'tool_addition', tool: { type: 'tool_reference', name: 'NotebookEdit' } }],
    ['they were called', { type: 'tool_use', id: 't', name: 'NotebookEdit', input: {} }],
  ])('are shown once %s', (_when, block) => {
    expect(withBlocks(block)).toEqual(['get_weather', 'NotebookEdit']);
  });

  it('are shown when they are demanded, or when nothing could search for them', () => {
    expect(namesOf({ tools, tool_choice: { type: 'tool', name: 'Other' } })).toEqual(['get_weather', 'Other']);
    expect(namesOf({ tools: [...tools, { type: 'tool_search_tool_regex_20251119', name: 'search' }] })).toEqual([
      'get_weather',
      'NotebookEdit',
      'Other',
    ]);
  });

  it('may be withdrawn, and brought back', () => {
    const change = (type: string, name: string) => ({ type, tool: { type: 'tool_reference', name } });
    const removal = change('tool_removal', 'NotebookEdit');
    expect(withBlocks(reference, removal, change('tool_removal', 'get_weather'))).toEqual([]);
    expect(withBlocks(removal, change('tool_addition', 'NotebookEdit'))).toEqual(['get_weather', 'NotebookEdit']);
    expect(withBlocks({ type: 'tool_removal', tool: { type: 'mcp_toolset' } })).toEqual(['get_weather']);
  });

  it('leave a request without tools when none is shown', () => {
    expect(read({ tools: [later] })).toEqual({ definitions: [], choice: { type: 'none' }, parallel: true });
  });
});
