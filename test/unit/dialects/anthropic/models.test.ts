import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../shared/chat/model.ts';
import { writeAnthropicModel, writeAnthropicModels } from '../../../../shared/dialects/anthropic/models.ts';
import { listModels } from '../../../../shared/models/model-list.ts';

const able = { thinking: true, search: true, vision: true, image: false, imageEdit: false, video: false };
const unable = { thinking: false, search: false, vision: false, image: false, imageEdit: false, video: false };
const plus: Model = {
  id: 'qwen3.7-plus',
  displayName: 'Qwen3.7-Plus',
  ownedBy: 'qwen',
  createdAt: 1_780_000_000,
  contextLength: 1_000_000,
  maxOutputTokens: 65_536,
  capabilities: able,
};
const plain: Model = { id: 'q', displayName: 'Q', ownedBy: 'qwen', createdAt: 0, capabilities: unable };
const entries = listModels([plus, plain], { simple: false, outputs: ['text'] });
const page = (query: Readonly<Record<string, string>> = {}) => writeAnthropicModels(entries, query);
const ids = (query: Readonly<Record<string, string>> = {}) => page(query).data.map(({ id }) => id);

const names = ['qwen3.7-plus', 'qwen3.7-plus-thinking', 'qwen3.7-plus-search', 'qwen3.7-plus-thinking-search', 'q'];
const all = [...names, ...names.map((name) => `claude-${name}`)];

describe('a model in Anthropic’s form', () => {
  it('tells all that is known of it', () => {
    const [entry] = entries;
    expect(entry && writeAnthropicModel(entry)).toMatchObject({
      type: 'model',
      id: 'qwen3.7-plus',
      display_name: 'Qwen3.7-Plus',
      created_at: '2026-05-28T20:26:40.000Z',
      lifecycle: 'active',
      max_input_tokens: 1_000_000,
      max_tokens: 65_536,
      capabilities: {
        image_input: { supported: true },
        thinking: { supported: true, types: { enabled: { supported: true }, disabled: { supported: true } } },
        server_tools: { supported: true, web_search: { supported: true }, code_execution: { supported: false } },
        batch: { supported: false },
      },
    });
  });

  it('is null where nothing is known', () => {
    const entry = entries.at(-1);
    expect(entry && writeAnthropicModel(entry)).toMatchObject({
      created_at: '1970-01-01T00:00:00.000Z',
      max_input_tokens: null,
      max_tokens: null,
      deprecated_at: null,
      retires_at: null,
      line: null,
      capabilities: {
        image_input: { supported: false },
        thinking: { supported: false, types: { enabled: { supported: false }, disabled: { supported: true } } },
        server_tools: { supported: false },
      },
    });
  });
});

describe('the list in Anthropic’s form', () => {
  it('has each model once under its name and once with claude before it', () => {
    expect(ids()).toEqual(all);
    expect(page()).toMatchObject({ has_more: false, first_id: all[0], last_id: all.at(-1) });
  });

  it('is given page by page', () => {
    expect(page({ limit: '4' })).toMatchObject({ has_more: true, first_id: all[0], last_id: all[3] });
    expect(ids({ limit: '4', after_id: all[3] ?? '' })).toEqual(all.slice(4, 8));
    expect(page({ limit: '4', after_id: all[7] ?? '' })).toMatchObject({ has_more: false, last_id: all[9] });
    expect(page({ after_id: all[9] ?? '' })).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
  });

  it('is given backwards', () => {
    expect(ids({ limit: '3', before_id: all[5] ?? '' })).toEqual(all.slice(2, 5));
    expect(page({ limit: '3', before_id: all[5] ?? '' }).has_more).toBe(true);
    expect(page({ limit: '3', before_id: all[2] ?? '' })).toMatchObject({ has_more: false, first_id: all[0] });
    expect(ids({ after_id: all[1] ?? '', before_id: all[4] ?? '' })).toEqual(all.slice(2, 4));
  });

  it.each([
    ['limit', '0'],
    ['limit', '1001'],
    ['limit', 'many'],
    ['limit', '-1'],
    ['limit', '1.5'],
    ['after_id', 'gpt-5'],
    ['before_id', 'gpt-5'],
  ])('refuses %s=%s by its name', (field, value) => {
    expect(() => page({ [field]: value })).toThrow(
      expect.objectContaining({ status: 400, param: field, message: expect.stringContaining(field) }),
    );
  });

  it.each(['1', '1000', ''])('takes limit=%s', (limit) => {
    expect(ids({ limit }).length).toBe(limit === '1' ? 1 : all.length);
  });
});
