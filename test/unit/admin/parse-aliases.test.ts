import { describe, expect, it } from 'vitest';
import { parseAliases } from '../../../shared/admin/aliases/parse-aliases.ts';
import { catalogue } from '../models/catalogue.ts';

const parse = (aliases: unknown) => parseAliases({ aliases }, catalogue);
const good = { pattern: 'gpt-*', model: 'Qwen3.7-Plus-thinking' };

describe('a list of aliases', () => {
  it('is taken as it is, in its order', () => {
    const list = [good, { pattern: '*', model: 'qwen3-30b' }, { pattern: 'a.b_c:d/e@f-g', model: 'qwen3.7-plus' }];
    expect(parse(list)).toEqual(list);
    expect(parse([])).toEqual([]);
  });

  it('drops what it doesn’t know', () => {
    expect(parse([{ ...good, note: 'mine' }])).toEqual([good]);
  });

  it.each([
    ['no list', {}, 'aliases'],
    ['a text', 'gpt=qwen', 'aliases'],
    ['too many', Array.from({ length: 101 }, (_, number) => ({ ...good, pattern: `n${number}` })), 'aliases'],
    ['an entry that is none', [good, 5], 'aliases[1]'],
    ['no pattern', [{ model: good.model }], 'aliases[0].pattern'],
    ['an empty pattern', [{ ...good, pattern: '' }], 'aliases[0].pattern'],
    ['a long pattern', [{ ...good, pattern: 'x'.repeat(101) }], 'aliases[0].pattern'],
    ['a pattern with a space', [{ ...good, pattern: 'my gpt' }], 'aliases[0].pattern'],
    ['no model', [{ pattern: 'gpt-*' }], 'aliases[0].model'],
    ['a model of another kind', [{ ...good, model: 7 }], 'aliases[0].model'],
    ['an unknown model', [good, { pattern: 'o3', model: 'qwen2' }], 'aliases[1].model'],
    ['a model for pictures', [{ ...good, model: 'qwen3.7-plus-image' }], 'aliases[0].model'],
    ['a pattern twice', [good, { ...good, pattern: 'GPT-*' }], 'aliases[1].pattern'],
    ['the name of a model', [{ ...good, pattern: 'QWEN3.7-plus-search' }], 'aliases[0].pattern'],
  ])('with %s is refused by the field', (_, list, param) => {
    expect(() => parse(list)).toThrow(
      expect.objectContaining({ status: 400, param, message: expect.stringContaining(`'${param}'`) }),
    );
  });

  it.each([undefined, null, 7, 'text', []])('is not %j', (body) => {
    expect(() => parseAliases(body, catalogue)).toThrow(expect.objectContaining({ param: 'aliases' }));
  });
});
