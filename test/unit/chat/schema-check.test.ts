import { describe, expect, it } from 'vitest';
import { SchemaCheck } from '../../../shared/chat/schema-check.ts';

const text = `${'a'.repeat(60)}!`;

describe('a check by a schema of strangers', () => {
  it('says what is wrong', () => {
    const check = new SchemaCheck({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] });
    expect(check.problemOf({ a: 'x' })).toBeUndefined();
    expect(check.problemOf({ a: 1 })).toMatch(/\/a.*string/);
    expect(check.problemOf({})).toMatch(/a/);
  });

  it.each([
    ['a pattern', { properties: { a: { pattern: '^(a+)+$' } } }],
    ['the pattern of a name', { patternProperties: { '^(\\w+)+ $': { type: 'number' } } }],
  ])('comes to an end though %s would not', (_, schema) => {
    const value = { a: text, [text]: 1 };
    expect(new SchemaCheck({ type: 'object', ...schema }).problemOf(value)).toMatch(/too long/);
  });

  it('comes to an end though references would not', () => {
    const twice = { anyOf: [{ items: { $ref: '#/$defs/node' } }, { items: { $ref: '#/$defs/node' } }] };
    const nested = JSON.parse(`${'['.repeat(60)}1${']'.repeat(60)}`);
    const schema = { $defs: { node: { ...twice, not: { type: 'number' } } }, $ref: '#/$defs/node' };
    expect(new SchemaCheck(schema).problemOf(nested)).toMatch(/too long/);
  });

  it('goes on after one that took too long', () => {
    const slow = new SchemaCheck({ pattern: '^(a+)+$' });
    expect(slow.problemOf(text)).toMatch(/too long/);
    expect(slow.problemOf('aa')).toBeUndefined();
    expect(slow.problemOf('b')).toMatch(/pattern/);
  });

  it.each([[{ $ref: '#/nowhere' }], [{ pattern: '(' }], [{ $ref: 'https://example.com/s' }]])(
    'demands nothing by a schema that nobody can read: %j',
    (schema) => {
      expect(new SchemaCheck(schema).problemOf('x')).toBeUndefined();
    },
  );
});
