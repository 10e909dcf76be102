import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAlias } from '../../../shared/models/model-alias.ts';
import { readAliasSetting } from '../../../shared/models/read-aliases.ts';
import { InvalidSettingsError, Settings, splitList } from '../../../shared/read-settings.ts';

const model = 'qwen3.7-plus';
const fits = (name: string, pattern: string) => findAlias(name, [{ pattern, model }]) !== undefined;

describe('an alias', () => {
  it.each([
    ['gpt-5', 'gpt-5'],
    ['GPT-5', 'gpt-5'],
    ['gpt-5', 'GPT-*'],
    ['gpt-', 'gpt-*'],
    ['claude-sonnet-5-5', '*sonnet*'],
    ['sonnet', '*sonnet*'],
    ['gemini-3.5-flash-lite', 'gemini-*-flash-lite'],
    ['gemini-3.5-flash-lite-flash-lite', 'gemini-*-flash-lite'],
    ['anything at all', '*'],
    ['', '*'],
    ['a+b', 'a+b'],
    ['abcabc', 'a*c*c'],
  ])('takes %j for %j', (name, pattern) => {
    expect(fits(name, pattern)).toBe(true);
  });

  it.each([
    ['gpt-5-mini', 'gpt-5'],
    ['my-gpt-5', 'gpt-*'],
    ['gemini-3.5-flash', 'gemini-*-flash-lite'],
    ['gemini-flash-lite', 'gemini-*-flash-lite'],
    ['aba', 'ab*ba'],
    ['axb', 'a.b'],
    ['abc', 'a*c*c'],
    ['', 'a*'],
  ])('does not take %j for %j', (name, pattern) => {
    expect(fits(name, pattern)).toBe(false);
  });

  it('fits as the same pattern of a regular expression does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, drawn) => {
        const name = drawn.replaceAll('*', 'c');
        expect(fits(name, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('counts before those behind it', () => {
    const aliases = [
      { pattern: 'gpt-5*', model: 'first' },
      { pattern: 'gpt-*', model: 'second' },
    ];
    expect(findAlias('gpt-5-mini', aliases)?.model).toBe('first');
    expect(findAlias('gpt-4', aliases)?.model).toBe('second');
    expect(findAlias('o3', aliases)).toBeUndefined();
  });
});

describe('the setting', () => {
  it('holds patterns and models, in their order', () => {
    expect(readAliasSetting(['gpt-* = qwen3.7-plus', 'o3=qwen3.7-max-thinking', '', '=x', 'y='])).toEqual([
      { pattern: 'gpt-*', model: 'qwen3.7-plus' },
      { pattern: 'o3', model: 'qwen3.7-max-thinking' },
    ]);
  });

  it.each([
    ['', []],
    ['gpt-*=qwen3.7-plus', [{ pattern: 'gpt-*', model: 'qwen3.7-plus' }]],
    [
      ' o3 = Qwen3 30B , gpt-*=qwen3.7-plus-search, ',
      [
        { pattern: 'o3', model: 'Qwen3 30B' },
        { pattern: 'gpt-*', model: 'qwen3.7-plus-search' },
      ],
    ],
  ])('is read from %j', (text, aliases) => {
    const settings = new Settings({ MODEL_ALIASES: text });
    expect(readAliasSetting(splitList(settings.text('MODEL_ALIASES')))).toEqual(aliases);
  });

  it.each(['gpt-*', 'gpt-*=', '=qwen3.7-plus', 'gpt 5=qwen3.7-plus', 'a=b=c', 'a=b;c=d=e'])('is never %j', (text) => {
    expect(() => new Settings({ MODEL_ALIASES: text })).toThrow(InvalidSettingsError);
  });
});
