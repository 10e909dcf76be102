import { describe, expect, it } from 'vitest';
import { AliasTable } from '../../../shared/models/alias-table.ts';
import { ModelNames } from '../../../shared/models/model-names.ts';
import { mayAsk } from '../../../shared/models/model-rights.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { catalogue } from './catalogue.ts';

const aliases = new AliasTable({
  table: new MemoryTable(),
  initial: [
    { pattern: 'gpt-5', model: 'qwen3-30b' },
    { pattern: 'claude-haiku-*', model: 'qwen3.7-plus' },
  ],
});
const names = new ModelNames({ catalogue: { models: async () => catalogue }, aliases, builtIn: [] });

/** Whether a key with these models is served under a name. */
const serves = (models: readonly string[], name: string) =>
  names.find(name, { models }).then(
    () => true,
    () => false,
  );

describe('the models of a key', () => {
  it.each([
    ['qwen3.7-plus', 'qwen3.7-plus'],
    ['QWEN3.7-PLUS', ' Qwen3.7-Plus '],
    ['qwen3.7-plus', 'qwen3.7-plus-thinking'],
    ['qwen3.7-plus', 'claude-qwen3.7-plus'],
    ['qwen3.7-plus', 'claude-haiku-5'],
    ['qwen3.7-plus-thinking', 'qwen3.7-plus-thinking'],
    ['qwen3-30b', 'gpt-5'],
    ['gpt-5', 'gpt-5'],
    ['gpt-5', 'gpt-5-search'],
    ['gpt-*', 'GPT-5'],
    ['claude-haiku-*', 'claude-haiku-5'],
    ['qwen3*', 'qwen3-30b'],
    ['*', 'qwen3-30b'],
  ])('%s let it ask for %s', async (model, name) => {
    expect(await serves(['other', model], name)).toBe(true);
  });

  it.each([
    ['qwen3.7-plus', 'qwen3-30b'],
    ['qwen3.7-plus-thinking', 'qwen3.7-plus'],
    ['qwen3.7-plus-thinking', 'qwen3.7-plus-thinking-fast'],
    // A model of its own, which is only named like a variant.
    ['qwen3-30b', 'qwen3-30b-thinking'],
    ['qwen3.7-plus', 'gpt-5'],
    ['gpt-5', 'qwen3-30b'],
    // By its prefix every model would have such a name.
    ['claude-*', 'claude-qwen3-30b'],
    ['qwen3', 'qwen3-30b'],
    ['*-30b', 'qwen3-30b'],
    ['', 'qwen3-30b'],
    ['unknown', 'unknown'],
  ])('%s do not let it ask for %s', async (model, name) => {
    expect(await serves([model], name)).toBe(false);
  });

  it('are all when there is no list, and none when it is empty', () => {
    expect(mayAsk({}, ['a'])).toBe(true);
    expect(mayAsk({ models: [] }, ['a', 'b'])).toBe(false);
  });

  it('are the only ones that the error names', async () => {
    const failure = await names.find('qwen3-30b', { models: ['qwen3.7-plus'] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect(String(failure)).toContain('qwen3.7-plus');
    expect(String(failure).split('what there is')[1]).not.toContain('qwen3-30b');
  });
});
