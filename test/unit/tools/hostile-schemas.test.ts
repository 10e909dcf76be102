import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../shared/chat/tool.ts';
import { toolSignature } from '../../../shared/tools/tool-signature.ts';

const sign = (parameters: JsonSchema) => toolSignature({ name: 'f', description: '', parameters, input: 'json' });

/** A node with so many references to itself; written out level by level it would fill any memory. */
function branching(width: number, description = ''): JsonSchema {
  const names = Array.from({ length: width }, (_, index) => `p${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: '#/$defs/node' }]));
  return { type: 'object', properties, $defs: { node: { type: 'object', description, properties } } };
}

describe('a schema of strangers', () => {
  it.each([
    ['a few times', branching(4)],
    ['many times', branching(60)],
    ['in words as well', branching(30, 'What a node is.')],
  ])('that holds itself %s is cut short', (_, schema) => {
    expect(sign(schema).length).toBeLessThan(150_000);
  });

  it('keeps what it says before references have said too much', () => {
    const { properties, ...schema } = branching(20);
    const [head = ''] = sign({ ...schema, properties: { city: { type: 'string' }, ...Object(properties) } }).split(
      '\n',
    );
    expect(head.startsWith('## f(city?: string, p0?: { p0?: { p0?: ')).toBe(true);
    expect(head.endsWith('p19?: any)')).toBe(true);
  });

  it('that points at something huge is not copied for each pointer', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => `value ${index}`);
    const names = Array.from({ length: 2_000 }, (_, index) => `p${index}`);
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: '#/$defs/huge' }]));
    expect(sign({ properties, $defs: { huge: { enum: values } } }).length).toBeLessThan(300_000);
  });

  it.each(['#/%', '#/%E0%A4%A', '#/constructor', '#/__proto__', '#/$defs/toString', '#', 'other.json#/a'])(
    'may point anywhere: %s',
    ($ref) => {
      expect(sign({ properties: { p: { $ref } }, $defs: {} })).toMatch(/^## f\(p\?: /);
    },
  );

  it('may hold an escaped name', () => {
    const schema = { properties: { p: { $ref: '#/$defs/a~1b%20c' } }, $defs: { 'a/b c': { type: 'integer' } } };
    expect(sign(schema)).toBe('## f(p?: integer)');
  });

  it('may name types that there are not, and name them often', () => {
    expect(sign({ properties: { p: { type: ['string', 'string', 'colour', 7, ['null'], 'null'] } } })).toBe(
      '## f(p?: string | null)',
    );
    expect(sign({ properties: { p: { type: ['colour'] } } })).toBe('## f(p?: any)');
  });

  it('may have names that mean something to JavaScript', () => {
    const properties = JSON.parse('{"__proto__":{"type":"string"},"constructor":{"type":"number"}}');
    expect(sign({ properties })).toBe('## f(__proto__?: string, constructor?: number)');
  });
});
