import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../shared/chat/tool.ts';
import { toolSignature } from '../../../shared/tools/tool-signature.ts';

function signature(parameters: JsonSchema, description = ''): readonly string[] {
  return toolSignature({ name: 'f', description, parameters, input: 'json' }).split('\n');
}

function typeOf(property: unknown): string {
  const [head = ''] = signature({ type: 'object', properties: { p: property }, required: ['p'] });
  return head.slice('## f(p: '.length, -1);
}

describe('a signature', () => {
  it('says what is needed, what is not, and what counts then', () => {
    const parameters = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        path: { type: 'string', description: 'Where the file\n  is.' },
        'max-lines': { type: 'integer', minimum: 1, default: 200 },
      },
      required: ['path'],
      additionalProperties: false,
    };
    expect(signature(parameters, ' Reads a file. ')).toEqual([
      '## f(path: string, "max-lines"?: integer(1..) = 200)',
      'Reads a file.',
      '- path: Where the file is.',
    ]);
  });

  it('of a tool without parameters is empty', () => {
    expect(signature({})).toEqual(['## f()']);
    expect(signature({ type: 'object', properties: {} })).toEqual(['## f()']);
  });

  it('of free text says so', () => {
    const tool = { name: 'exec', description: 'Runs JavaScript.', parameters: {}, input: 'text' } as const;
    expect(toolSignature(tool)).toBe('## exec: free text\nRuns JavaScript.');
  });

  it('has the words of nested properties under their path', () => {
    const parameters = {
      properties: {
        todos: {
          type: 'array',
          description: 'All of them.',
          items: { type: 'object', properties: { state: { enum: ['open', 'done'], description: 'How far it is.' } } },
        },
        place: { $ref: '#/$defs/place', description: 'Where.' },
      },
      $defs: {
        place: {
          type: 'object',
          description: 'A place.',
          properties: { city: { type: 'string', description: 'Its city.' } },
        },
      },
    };
    expect(signature(parameters)).toEqual([
      '## f(todos?: { state?: "open"|"done" }[], place?: { city?: string })',
      '- todos: All of them.',
      '- todos[].state: How far it is.',
      '- place: Where.',
      '- place.city: Its city.',
    ]);
  });
});

describe('words of parameters', () => {
  it('are those beside a reference, on one line, and none for blanks', () => {
    const parameters = {
      properties: {
        a: { type: 'string', description: '  two\n\n lines  ' },
        b: { type: 'string', description: '   ' },
        c: { type: 'string', description: 5 },
        d: { $ref: '#/$defs/d' },
        e: true,
      },
      $defs: { d: { type: 'string', description: 'Of the target.' } },
    };
    expect(signature(parameters).slice(1)).toEqual(['- a: two lines', '- d: Of the target.']);
  });

  it.each(['anyOf', 'oneOf'])('within the choices of %s stand under the property', (keyword) => {
    const choices = [{ type: 'null' }, { properties: { city: { type: 'string', description: 'Its city.' } } }, true];
    expect(signature({ properties: { place: { [keyword]: choices } } }).slice(1)).toEqual(['- place.city: Its city.']);
  });

  it('are told six levels deep', () => {
    const nested = (depth: number): JsonSchema => ({
      properties: { p: { description: `level ${depth}`, ...(depth < 9 ? nested(depth + 1) : {}) } },
    });
    const items = (depth: number): JsonSchema => ({
      properties: { p: { description: `level ${depth}`, items: depth < 9 ? items(depth + 1) : {} } },
    });
    const choices = (depth: number): JsonSchema => ({
      properties: { p: { description: `level ${depth}`, anyOf: depth < 9 ? [choices(depth + 1)] : [] } },
    });
    for (const schema of [nested(1), items(1), choices(1)]) {
      expect(signature(schema)).toHaveLength(7);
      expect(signature(schema).at(-1)).toMatch(/: level 6$/);
    }
  });
});

describe('types', () => {
  it.each<[unknown, string]>([
    [{ type: 'string' }, 'string'],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 1 }, 'number(>0..1)'],
    [{ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }, 'integer'],
    [{ type: 'string', minLength: 2, maxLength: 40 }, 'string(2..40 characters)'],
    [{ type: 'string', format: 'date-time' }, 'string(date-time)'],
    [{ type: 'string', pattern: '^a+$' }, 'string(/^a+$/)'],
    [{ type: 'number', minimum: 2, exclusiveMaximum: 9 }, 'number(2..<9)'],
    [{ type: 'number', exclusiveMaximum: true, maximum: 9 }, 'number(..9)'],
    [{ type: 'number', exclusiveMinimum: true, minimum: '' }, 'number'],
    [{ type: 'number', minimum: null, maximum: false }, 'number'],
    [{ type: 'string', minLength: 0, maxLength: 40, format: 'uri', pattern: 5 }, 'string(..40 characters, uri)'],
    [{ type: 'string', format: 5 }, 'string'],
    [{ type: 'boolean' }, 'boolean'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'string', nullable: true }, 'string | null'],
    [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
    [{ const: 'fixed' }, '"fixed"'],
    [{ type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3 }, 'string[](1..3)'],
    [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } }, '(string | number)[]'],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, '("a"|"b")[]'],
    [{ type: 'array', items: { type: ['object', 'null'], properties: { a: {} } } }, '({ a?: any } | null)[]'],
    [{ type: 'array', items: { properties: { a: { enum: ['x', 'y'] } } } }, '{ a?: "x"|"y" }[]'],
    [{ type: 'array' }, 'any[]'],
    [{ prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
    [{ oneOf: [{ type: 'string' }, { type: 'string' }, { type: 'object' }] }, 'string | object'],
    [{ allOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: {} } }] }, '{ a?: string } & { b?: any }'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [key]: number }'],
    [{ type: 'object', additionalProperties: true }, 'object'],
    [{ $ref: '#/nowhere' }, 'any'],
    [{ $ref: 'https://elsewhere.example/schema' }, 'any'],
    [true, 'any'],
    ['nonsense', 'any'],
    [null, 'any'],
  ])('%j is %s', (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it('show a default, unless it is null', () => {
    const properties = { a: { type: 'string', default: 'x' }, b: { type: 'boolean', default: null }, c: true };
    expect(signature({ properties })).toEqual(['## f(a?: string = "x", b?: boolean, c?: any)']);
  });

  it('take what `required` says only when it is a list', () => {
    const properties = { a: { type: 'string' } };
    expect(signature({ properties, required: true })).toEqual(['## f(a?: string)']);
    expect(signature({ properties, required: ['a', 'b'] })).toEqual(['## f(a: string)']);
  });

  it.each<[string, (inner: JsonSchema) => JsonSchema]>([
    ['objects', (inner) => ({ properties: { p: inner } })],
    ['lists', (inner) => ({ type: 'array', items: inner })],
    ['places of a list', (inner) => ({ prefixItems: [inner] })],
    ['choices', (inner) => ({ oneOf: [inner, { type: 'null' }] })],
    ['parts', (inner) => ({ allOf: [inner, { type: 'object' }] })],
    ['values by key', (inner) => ({ additionalProperties: inner })],
  ])('within %s are cut at the same depth', (_, wrap) => {
    const nest = (depth: number, core: JsonSchema): JsonSchema => (depth === 0 ? core : wrap(nest(depth - 1, core)));
    expect(typeOf(nest(7, { const: 'core' }))).toContain('"core"');
    expect(typeOf(nest(8, { const: 'core' }))).not.toContain('"core"');
  });

  it('that hold themselves end', () => {
    const node: JsonSchema = { type: 'object', properties: { next: { $ref: '#/$defs/node' } } };
    const [head = ''] = signature({ properties: { list: { $ref: '#/$defs/node' } }, $defs: { node } });
    expect(head).toContain('next?: any');
    expect(head.length).toBeLessThan(400);
    const circle = { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } };
    expect(signature({ properties: { p: { $ref: '#/$defs/a' } }, $defs: circle })).toEqual(['## f(p?: any)']);
  });
});
