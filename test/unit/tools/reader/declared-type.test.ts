import { describe, expect, it } from 'vitest';
import { declaredProperty, declaresProperty, takesNothing } from '../../../../shared/tools/reader/declared-type.ts';

/** The types of a property `p`; `undefined` when they are open. */
function typesOf(property: unknown): readonly string[] | undefined {
  const types = declaredProperty({ properties: { p: property } }, 'p')?.types;
  return types && [...types];
}

describe('the types that a schema declares for a property', () => {
  it.each<[unknown, readonly string[] | undefined]>([
    [{ type: 'integer' }, ['integer']],
    [{ type: ['string', 'null'] }, ['string', 'null']],
    [{ type: ['string', 'colour', 5] }, ['string']],
    [{ anyOf: [{ type: 'string' }, { type: ['number', 'null'] }] }, ['string', 'number', 'null']],
    [{ oneOf: [{ type: 'object' }, { anyOf: [{ type: 'array' }] }] }, ['object', 'array']],
    [{ anyOf: [{ type: 'string' }, {}] }, undefined],
    [{ anyOf: [{ type: 'string' }, true] }, undefined],
    [{ anyOf: 'all' }, undefined],
    [{ type: 'colour' }, undefined],
    [{}, undefined],
    [true, undefined],
    [null, undefined],
    [['string'], undefined],
  ])('%j: %j', (property, types) => {
    expect(typesOf(property)).toEqual(types);
  });

  it('are those of items as well', () => {
    const itemTypesOf = (property: object) => [
      ...(declaredProperty({ properties: { p: property } }, 'p')?.itemTypes ?? []),
    ];
    expect(itemTypesOf({ type: 'array', items: { type: 'integer' } })).toEqual(['integer']);
    expect(itemTypesOf({ type: 'array', items: {} })).toEqual([]);
    expect(itemTypesOf({ type: 'array' })).toEqual([]);
  });

  it('say whether it must be there', () => {
    const properties = { p: { type: 'string' } };
    expect(declaredProperty({ properties, required: ['p'] }, 'p')?.required).toBe(true);
    expect(declaredProperty({ properties, required: ['q'] }, 'p')?.required).toBe(false);
    expect(declaredProperty({ properties, required: 'p' }, 'p')?.required).toBe(false);
    expect(declaredProperty({ properties }, 'p')?.required).toBe(false);
  });
});

describe('a property', () => {
  it.each([
    [{ properties: { p: {} } }, 'p', true],
    [{ properties: { p: {} } }, 'q', false],
    [{ properties: {} }, 'toString', false],
    [{ properties: ['p'] }, '0', false],
    [{ properties: 'p' }, 'length', false],
    [{}, 'p', false],
  ])('of %j: %s, declared: %s', (parameters, name, declared) => {
    expect(declaresProperty(parameters, name)).toBe(declared);
    expect(declaredProperty(parameters, name)).toBeUndefined();
  });
});

it.each([
  [{}, true],
  [{ properties: {} }, true],
  [{ properties: [] }, true],
  [{ properties: { p: {} } }, false],
])('%j may do without arguments: %s', (parameters, nothing) => {
  expect(takesNothing(parameters)).toBe(nothing);
});
