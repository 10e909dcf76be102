import { describe, expect, it } from 'vitest';
import { refusalOf, requestOf } from './reading.ts';

const contents = [{ parts: [{ text: 'hi' }] }];
const declare = (...functionDeclarations: readonly object[]) => ({ tools: [{ functionDeclarations }] });
const choose = (functionCallingConfig: object) => ({ toolConfig: { functionCallingConfig } });
const parametersOf = (declaration: object) =>
  requestOf(declare({ name: 'f', ...declaration })).tools.definitions[0]?.parameters;

describe('function declarations', () => {
  it('of all tools become one list', () => {
    const tools = [
      { functionDeclarations: [{ name: 'a', description: 'does a' }, { name: 'b' }] },
      { urlContext: {}, codeExecution: {} },
      { functionDeclarations: [{ name: 'mcp__x.y-z' }] },
    ];
    expect(requestOf({ tools }).tools).toEqual({
      definitions: [
        { name: 'a', description: 'does a', parameters: {}, input: 'json' },
        { name: 'b', description: '', parameters: {}, input: 'json' },
        { name: 'mcp__x.y-z', description: '', parameters: {}, input: 'json' },
      ],
      choice: { type: 'auto' },
      parallel: true,
    });
  });

  it('beside each other may ask for search', () => {
    for (const tool of [
      { googleSearch: {} },
      { google_search: {} },
      { googleSearchRetrieval: { dynamicRetrievalConfig: {} } },
    ]) {
      expect(requestOf({ tools: [tool] })).toMatchObject({ features: { search: true }, tools: { definitions: [] } });
    }
    expect(requestOf({ tools: [{ codeExecution: {} }] }).features).toEqual({});
  });

  it('take a JSON Schema as it stands', () => {
    const parametersJsonSchema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: { type: { type: 'string' }, at_least: { $ref: '#/$defs/n' } },
      $defs: { n: { type: ['integer', 'null'] } },
      required: ['type'],
      additionalProperties: false,
    };
    expect(parametersOf({ parametersJsonSchema })).toEqual(parametersJsonSchema);
  });

  it('turn Google’s schema into a JSON Schema, property names aside', () => {
    const parameters = {
      type: 'OBJECT',
      property_ordering: ['STRING'],
      properties: {
        STRING: { type: 'STRING', format: 'date-time', nullable: true, description: 'a STRING' },
        min_items: { type: 'ARRAY', items: { type: 'NUMBER' }, minItems: '2', max_items: '5' },
        kind: { type: 'STRING', enum: ['OBJECT', 'b'], nullable: true },
        either: { anyOf: [{ type: 'BOOLEAN' }, { type: 'STRING' }], nullable: true },
        any: { type: 'TYPE_UNSPECIFIED', nullable: false },
      },
      required: ['STRING'],
    };
    expect(parametersOf({ parameters })).toEqual({
      type: 'object',
      properties: {
        STRING: { type: ['string', 'null'], format: 'date-time', description: 'a STRING' },
        min_items: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 5 },
        kind: { type: ['string', 'null'], enum: ['OBJECT', 'b', null] },
        either: { anyOf: [{ type: 'boolean' }, { type: 'string' }, { type: 'null' }] },
        any: {},
      },
      required: ['STRING'],
    });
  });

  it('lower capital types in a JSON Schema too, as Gemini CLI sends them', () => {
    expect(
      parametersOf({ parametersJsonSchema: { type: 'OBJECT', properties: { a: { type: ['STRING', 'NULL'] } } } }),
    ).toEqual({
      type: 'object',
      properties: { a: { type: ['string', 'null'] } },
    });
  });

  it('take 128 tools', () => {
    const many = Array.from({ length: 128 }, (_, index) => ({ name: `tool_${index}`, parameters: { type: 'OBJECT' } }));
    expect(requestOf(declare(...many)).tools.definitions).toHaveLength(128);
  });

  it('take a megabyte of schema', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`field_${index}`, { type: 'STRING', description: 'x'.repeat(60) }]),
    );
    expect(parametersOf({ parameters: { type: 'OBJECT', properties } })).toMatchObject({
      properties: { field_9999: { type: 'string' } },
    });
  });

  it.each([
    [declare({ description: 'no name' }), 'tools[0].functionDeclarations[0].name'],
    [declare({ name: 'has blanks' }), 'tools[0].functionDeclarations[0].name'],
    [declare({ name: 'f', parameters: [] }), 'tools[0].functionDeclarations[0].parameters'],
    [declare({ name: 'f', parametersJsonSchema: 'object' }), 'tools[0].functionDeclarations[0].parametersJsonSchema'],
    [declare({ name: 'f', parameters_json_schema: 5 }), 'tools[0].functionDeclarations[0].parameters_json_schema'],
    [declare({ name: 'f' }, { name: 'f' }), 'tools'],
    [{ tools: 'all' }, 'tools'],
    [{ tools: [{ functionDeclarations: ['f'] }] }, 'tools[0].functionDeclarations[0]'],
  ])('are refused: %j', (more, param) => {
    expect(refusalOf({ contents, ...more })).toMatchObject({ param, status: 400 });
  });

  it('are refused when a schema has no end', () => {
    const parameters = JSON.parse(`${'{"items":'.repeat(5_000)}{}${'}'.repeat(5_000)}`);
    expect(refusalOf({ contents, ...declare({ name: 'f', parameters }) })).toMatchObject({
      param: 'tools[0].functionDeclarations[0].parameters',
    });
  });
});

describe('the choice', () => {
  const both = declare({ name: 'a' }, { name: 'b' }, { name: 'c' });
  const chosen = (config: object) => requestOf({ ...both, ...choose(config) }).tools;

  it.each([
    [{}, { type: 'auto' }],
    [{ mode: 'AUTO' }, { type: 'auto' }],
    [{ mode: 'MODE_UNSPECIFIED' }, { type: 'auto' }],
    [{ mode: 'VALIDATED' }, { type: 'auto' }],
    [{ mode: 'NONE' }, { type: 'none' }],
    [{ mode: 'ANY' }, { type: 'required' }],
  ])('%j', (config, choice) => {
    expect(chosen(config)).toMatchObject({ choice, definitions: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
  });

  it('of some leaves the others out', () => {
    expect(chosen({ mode: 'ANY', allowedFunctionNames: ['c', 'a'] })).toMatchObject({
      choice: { type: 'required' },
      definitions: [{ name: 'a' }, { name: 'c' }],
    });
    expect(chosen({ mode: 'ANY', allowedFunctionNames: ['b'] })).toMatchObject({
      choice: { type: 'tool', name: 'b' },
      definitions: [{ name: 'b' }],
    });
  });

  it.each([
    [choose({ mode: 'ANY', allowedFunctionNames: ['z'] }), 'toolConfig.functionCallingConfig.allowedFunctionNames'],
    [choose({ allowedFunctionNames: 'a' }), 'toolConfig.functionCallingConfig.allowedFunctionNames'],
    [choose({ mode: 'any' }), 'toolConfig.functionCallingConfig.mode'],
    [{ toolConfig: 'ANY' }, 'toolConfig'],
  ])('is refused: %j', (more, param) => {
    expect(refusalOf({ contents, ...both, ...more })).toMatchObject({ param });
  });

  it('of any is refused without tools', () => {
    expect(refusalOf({ contents, ...choose({ mode: 'ANY' }) })).toMatchObject({
      param: 'toolConfig.functionCallingConfig.mode',
    });
  });
});
