import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseModelName, resolveModel } from '../../../shared/models/model-name.ts';
import { catalogue, model } from './catalogue.ts';

describe('a model name', () => {
  it('that is a body of suffixes is nobody’s', () => {
    expect(resolveModel(`qwen3.7-plus${'-thinking'.repeat(500_000)}`, catalogue)).toBeUndefined();
    expect(resolveModel(`qwen3.7-plus${'-thinking'.repeat(20)}`, catalogue)?.model.id).toBe('qwen3.7-plus');
  });

  it.each([
    ['qwen3.7-plus', 'qwen3.7-plus', { output: 'text' }],
    ['qwen3.7-plus-thinking', 'qwen3.7-plus', { output: 'text', thinking: true }],
    ['qwen3.7-plus-search', 'qwen3.7-plus', { output: 'text', search: true }],
    ['qwen3.7-plus-thinking-search', 'qwen3.7-plus', { output: 'text', thinking: true, search: true }],
    ['qwen3.7-plus-search-thinking', 'qwen3.7-plus', { output: 'text', thinking: true, search: true }],
    ['qwen3.7-plus-search-search', 'qwen3.7-plus', { output: 'text', search: true }],
    ['qwen3.7-plus-fast', 'qwen3.7-plus', { output: 'text', thinking: false }],
    ['qwen3.7-plus-nothinking', 'qwen3.7-plus', { output: 'text', thinking: false }],
    ['qwen3.7-plus-no-thinking', 'qwen3.7-plus', { output: 'text', thinking: false }],
    ['qwen3.7-plus-image', 'qwen3.7-plus', { output: 'image' }],
    ['qwen3.7-plus-image-edit', 'qwen3.7-plus', { output: 'image-edit' }],
    ['qwen3.7-plus-video', 'qwen3.7-plus', { output: 'video' }],
    ['qwen3.7-plus-deep-research', 'qwen3.7-plus', { output: 'deep-research' }],
    ['Qwen3.7-Plus-THINKING', 'Qwen3.7-Plus', { output: 'text', thinking: true }],
    ['m-thinking-fast', 'm', { output: 'text', thinking: false }],
    ['m-fast-thinking', 'm', { output: 'text', thinking: true }],
    ['m-image-video', 'm', { output: 'video' }],
    ['-thinking', '-thinking', { output: 'text' }],
    ['thinking', 'thinking', { output: 'text' }],
    ['', '', { output: 'text' }],
  ])('%j is %j with %j', (name, base, features) => {
    expect(parseModelName(name)).toEqual({ base, features });
  });

  it('means the same with its suffixes in any order and repeated', () => {
    const suffixes = fc.uniqueArray(fc.constantFrom('-thinking', '-search', '-video'));
    const names = suffixes.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })),
    );
    fc.assert(
      fc.property(names, ([once, shuffled]) => {
        expect(parseModelName(`m${shuffled.join('')}`)).toEqual(parseModelName(`m${once.join('')}`));
      }),
    );
  });
});

describe('resolving a name', () => {
  it.each([
    ['qwen3.7-plus', 'qwen3.7-plus', { output: 'text' }],
    ['Qwen3.7-Plus', 'qwen3.7-plus', { output: 'text' }],
    ['QWEN3.7-PLUS-Search-Thinking', 'qwen3.7-plus', { output: 'text', search: true, thinking: true }],
    [' qwen3.7-plus ', 'qwen3.7-plus', { output: 'text' }],
    ['qwen-deep-research', 'qwen-deep-research', { output: 'text' }],
    ['qwen-deep-research-search', 'qwen-deep-research', { output: 'text', search: true }],
    ['qwen3-30b-thinking', 'qwen3-30b-thinking', { output: 'text' }],
    ['qwen3-30b-thinking-thinking', 'qwen3-30b-thinking', { output: 'text', thinking: true }],
    ['qwen3-30b', 'qwen3-30b', { output: 'text' }],
    ['Qwen3 30B-image', 'qwen3-30b', { output: 'image' }],
  ])('%j finds %s with %j', (name, id, features) => {
    const resolved = resolveModel(name, catalogue);
    expect({ id: resolved?.model.id, features: resolved?.features }).toEqual({ id, features });
  });

  it.each(['gpt-5', 'qwen3.7', 'qwen3.7-plus-turbo', '', '-thinking', 'plus'])('%j finds nothing', (name) => {
    expect(resolveModel(name, catalogue)).toBeUndefined();
  });

  it('takes an id before another model’s readable name', () => {
    const models = [model('a', 'b'), model('b', 'c')];
    expect(resolveModel('B', models)?.model.id).toBe('b');
    expect(resolveModel('c', models)?.model.id).toBe('b');
  });

  it('asks each catalogue on its own', () => {
    expect(resolveModel('a', [model('a', 'A')])).toBeDefined();
    expect(resolveModel('a', [])).toBeUndefined();
  });
});
