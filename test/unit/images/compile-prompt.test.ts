import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePrompt } from '../../../shared/images/compile-prompt.ts';
import { styleFieldNames } from '../../../shared/images/style-fields.ts';

describe('compilePrompt', () => {
  it('has all ten fields of the source', () => {
    expect(styleFieldNames.toSorted()).toEqual([
      'art_style',
      'artist',
      'camera_settings',
      'color',
      'composition',
      'lighting',
      'photography_style',
      'resolution',
      'special_effects',
      'subject',
    ]);
  });

  it('says each in a line of its own, in an order that does not depend on the request', () => {
    const wishes = Object.fromEntries(styleFieldNames.map((name) => [name, `my ${name}`]));
    const compiled = compilePrompt('A cat', { style: 'natural', ...wishes }, true);
    const [words, rest = ''] = compiled.split('\n\n');
    expect(words).toBe('A cat');
    expect(rest.split('\n')).toHaveLength(12);
    for (const name of styleFieldNames) expect(rest).toContain(`: my ${name}`);
    const turned = Object.fromEntries(Object.entries(wishes).reverse());
    expect(compilePrompt('A cat', { ...turned, style: 'natural' }, true)).toBe(compiled);
  });

  it.each([undefined, null, '', '  ', 'None', 'none', ' NONE '])('leaves out %j', (wish) => {
    expect(compilePrompt('A cat', { lighting: wish }, false)).toBe('A cat');
  });

  it('keeps the caller’s words as they are, and a wish within its line', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (prompt, wish) => {
        const compiled = compilePrompt(prompt, { color: wish }, false);
        expect(compiled.startsWith(prompt)).toBe(true);
        expect(compiled.slice(prompt.length).trim()).not.toContain('\n');
      }),
    );
  });

  it('asks for detail and for a style when they are wanted', () => {
    expect(compilePrompt('A cat', {}, true)).toMatch(/^A cat\n\n.*detail/);
    expect(compilePrompt('A cat', { style: 'vivid' }, false)).toMatch(/vivid/i);
    expect(compilePrompt('A cat', { style: null }, false)).toBe('A cat');
  });
});
