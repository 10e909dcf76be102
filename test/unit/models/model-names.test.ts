import { beforeEach, describe, expect, it } from 'vitest';
import { ModelNotFoundError } from '../../../shared/chat/errors/request-errors.ts';
import { AliasTable } from '../../../shared/models/alias-table.ts';
import { builtInAliases } from '../../../shared/models/built-in-aliases.ts';
import type { ModelAlias } from '../../../shared/models/model-alias.ts';
import { ModelNames } from '../../../shared/models/model-names.ts';
import { aliasesKey } from '../../../shared/store/keys.ts';
import { MemoryTable } from '../../support/memory-table.ts';
import { catalogue } from './catalogue.ts';

let table: MemoryTable;
let time: number;
beforeEach(() => {
  table = new MemoryTable();
  time = 1_790_000_000_000;
});

function openNames(initial: readonly ModelAlias[] = []) {
  const aliases = new AliasTable({ table, initial, now: () => time });
  const builtIn = builtInAliases('qwen3.7-plus');
  return { aliases, names: new ModelNames({ catalogue: { models: async () => catalogue }, aliases, builtIn }) };
}

/** The rights of who may ask for every model. */
const all = {};

/** What a name means, in short. */
async function meaning(names: ModelNames, name: string) {
  const { model, features } = await names.find(name, all);
  return { id: model.id, ...features };
}

const gpt: readonly ModelAlias[] = [
  { pattern: 'gpt-5-mini', model: 'qwen3-30b' },
  { pattern: 'gpt-*', model: 'Qwen3.7-Plus-search' },
];

describe('the names of models', () => {
  it('are those of the catalogue first, without a look at the table', async () => {
    const { names } = openNames([{ pattern: '*', model: 'qwen3-30b' }]);
    expect(await meaning(names, 'qwen3.7-plus-thinking')).toEqual({
      id: 'qwen3.7-plus',
      output: 'text',
      thinking: true,
    });
    expect(await meaning(names, 'claude-qwen3.7-plus')).toEqual({ id: 'qwen3.7-plus', output: 'text' });
    expect(table.operations.get).toBe(0);
  });

  it.each([
    ['claude-qwen3.7-plus', { id: 'qwen3.7-plus', output: 'text' }],
    ['Claude-Qwen3.7-Plus-THINKING', { id: 'qwen3.7-plus', output: 'text', thinking: true }],
    ['claude-qwen3-30b-thinking', { id: 'qwen3-30b-thinking', output: 'text' }],
    ['gemini-3.5-flash-lite', { id: 'qwen3.7-plus', output: 'text' }],
    ['claude-haiku-5-5', { id: 'qwen3.7-plus', output: 'text' }],
    ['claude-haiku-5-5-20261001', { id: 'qwen3.7-plus', output: 'text' }],
  ])('hold %s without an owner’s doing', async (name, expected) => {
    expect(await meaning(openNames().names, name)).toEqual(expected);
  });

  it.each(['gpt-5', 'claude-sonnet-5-5', 'claude-', 'claude', 'gemini-3.8-flash', 'claude-claude-qwen3.7-plus', ''])(
    'do not hold %j',
    async (name) => {
      await expect(openNames().names.find(name, all)).rejects.toBeInstanceOf(ModelNotFoundError);
    },
  );

  it.each([
    ['gpt-5-mini', { id: 'qwen3-30b', output: 'text' }],
    ['gpt-5-mini-search', { id: 'qwen3.7-plus', output: 'text', search: true }],
    ['GPT-5', { id: 'qwen3.7-plus', output: 'text', search: true }],
    [' gpt-5 ', { id: 'qwen3.7-plus', output: 'text', search: true }],
  ])('hold the alias %j', async (name, expected) => {
    expect(await meaning(openNames(gpt).names, name)).toEqual(expected);
  });

  it('let a suffix behind an alias count, over what the alias says', async () => {
    const { names } = openNames([{ pattern: 'o3', model: 'qwen3.7-plus-thinking-search' }]);
    expect(await meaning(names, 'o3-fast')).toEqual({
      id: 'qwen3.7-plus',
      output: 'text',
      thinking: false,
      search: true,
    });
  });

  it('tell what there is, and how to set an alias', async () => {
    const failure: unknown = await openNames()
      .names.find(`gpt-${'x'.repeat(1000)}`, all)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect(String(failure)).toContain('qwen3-30b-thinking');
    expect(String(failure)).toContain('PUT /admin/model-aliases');
    expect(String(failure).length).toBeLessThan(600);
  });

  it('do not lead to a model that is gone', async () => {
    const { names } = openNames([{ pattern: 'gpt-*', model: 'qwen2' }]);
    await expect(names.find('gpt-5', all)).rejects.toBeInstanceOf(ModelNotFoundError);
  });
});

describe('the table of aliases', () => {
  it('takes the place of the setting, also when it is empty', async () => {
    const { aliases } = openNames(gpt);
    expect(await aliases.read()).toEqual({ aliases: gpt, source: 'setting' });
    await aliases.replace([]);
    expect(await aliases.read()).toEqual({ aliases: [], source: 'table' });
    expect(await aliases.current()).toEqual([]);
  });

  it('is seen by another instance within ten seconds, and read once in five', async () => {
    const first = openNames();
    const second = openNames();
    expect(await second.aliases.current()).toEqual([]);
    await first.aliases.replace(gpt);
    time += 4_999;
    const reads = table.operations.get;
    expect(await second.aliases.current()).toEqual([]);
    expect(table.operations.get).toBe(reads);
    time += 5_002;
    expect(await second.aliases.current()).toEqual(gpt);
    expect(table.operations.get).toBe(reads + 1);
  });

  it('shows the writer its own change at once', async () => {
    const { aliases, names } = openNames();
    await expect(names.find('gpt-5', all)).rejects.toBeInstanceOf(ModelNotFoundError);
    await aliases.replace(gpt);
    expect((await names.find('gpt-5', all)).model.id).toBe('qwen3.7-plus');
  });

  it('is empty when another version has stored another form', async () => {
    await table.put(aliasesKey, { aliases: '{"gpt":1}' });
    expect(await openNames(gpt).aliases.read()).toEqual({ aliases: [], source: 'table' });
  });
});
