import { describe, expect, it } from 'vitest';
import { entryOf, listModels } from '../../../shared/models/model-list.ts';
import { resolveModel } from '../../../shared/models/model-name.ts';
import { catalogue, model } from './catalogue.ts';

const everyOutput = ['text', 'image', 'image-edit', 'video'] as const;

describe('the list of models', () => {
  it('has each model with the variants that it can serve', () => {
    expect(listModels(catalogue, { simple: false, outputs: everyOutput }).map(({ name }) => name)).toEqual([
      'qwen3.7-plus',
      'qwen3.7-plus-thinking',
      'qwen3.7-plus-search',
      'qwen3.7-plus-thinking-search',
      'qwen3.7-plus-image',
      'qwen3.7-plus-image-edit',
      'qwen3.7-plus-video',
      'qwen3-30b',
      'qwen3-30b-thinking',
      'qwen3-30b-thinking-search',
      'qwen-deep-research',
    ]);
  });

  it('leaves out variants for what is not served', () => {
    const names = listModels(catalogue, { simple: false, outputs: ['text', 'image'] }).map(({ name }) => name);
    expect(names).toContain('qwen3.7-plus-image');
    expect(names).not.toContain('qwen3.7-plus-image-edit');
    expect(names).not.toContain('qwen3.7-plus-video');
  });

  it('has the models only when it is to be simple', () => {
    expect(listModels(catalogue, { simple: true, outputs: everyOutput }).map(({ id }) => id)).toEqual([
      'Qwen3.7-Plus',
      'Qwen3 30B',
      'Qwen3 30B Thinking',
      'Qwen Deep Research',
    ]);
  });

  it('names each entry in both ways', () => {
    const q = model('q', 'Q', { search: true });
    expect(listModels([q], { simple: false, outputs: everyOutput })[1]).toEqual({
      id: 'Q-search',
      name: 'q-search',
      model: q,
    });
  });

  it('holds only names that can be asked for, and no two alike', () => {
    const entries = listModels(catalogue, { simple: false, outputs: everyOutput });
    for (const entry of entries) {
      expect(resolveModel(entry.id, catalogue)?.model).toBe(entry.model);
      expect(resolveModel(entry.name, catalogue)?.model).toBe(entry.model);
    }
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  });
});

describe('one entry', () => {
  it.each([
    ['qwen3.7-plus', 'Qwen3.7-Plus'],
    ['QWEN3.7-PLUS-search-thinking', 'Qwen3.7-Plus-thinking-search'],
    ['Qwen3.7-Plus-image-edit', 'Qwen3.7-Plus-image-edit'],
    ['Qwen3.7-Plus-no-thinking', 'Qwen3.7-Plus-fast'],
    ['qwen3-30b-thinking', 'Qwen3 30B Thinking'],
  ])('is found by %j as %j', (name, id) => {
    const found = resolveModel(name, catalogue);
    expect(found && entryOf(found).id).toBe(id);
  });
});
