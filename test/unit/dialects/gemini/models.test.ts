import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../shared/chat/model.ts';
import { writeGeminiModel, writeGeminiModels } from '../../../../shared/dialects/gemini/models.ts';
import { listModels } from '../../../../shared/models/model-list.ts';

const capabilities = { thinking: true, search: true, vision: true, image: false, imageEdit: false, video: false };
const plus: Model = {
  id: 'qwen3.7-plus',
  displayName: 'Qwen3.7-Plus',
  description: 'For everything',
  ownedBy: 'qwen',
  createdAt: 1_780_000_000,
  contextLength: 1_000_000,
  maxOutputTokens: 65_536,
  capabilities,
};
const plain: Model = {
  id: 'q',
  displayName: 'Q',
  ownedBy: 'qwen',
  createdAt: 0,
  capabilities: { ...capabilities, thinking: false, search: false },
};
const entries = listModels([plus, plain], { simple: false, outputs: ['text'] });
const page = (query: Readonly<Record<string, string>> = {}) => writeGeminiModels(entries, query);
const names = (query: Readonly<Record<string, string>> = {}) => page(query).models.map(({ name }) => name);

const all = ['qwen3.7-plus', 'qwen3.7-plus-thinking', 'qwen3.7-plus-search', 'qwen3.7-plus-thinking-search', 'q'];
const allNames = all.map((name) => `models/${name}`);

describe('a model in Google’s form', () => {
  it('tells all that is known of it', () => {
    const [entry] = entries;
    expect(entry && writeGeminiModel(entry)).toEqual({
      name: 'models/qwen3.7-plus',
      baseModelId: 'qwen3.7-plus',
      version: '1',
      displayName: 'Qwen3.7-Plus',
      description: 'For everything',
      inputTokenLimit: 1_000_000,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
      thinking: true,
    });
  });

  it('leaves out what nobody knows', () => {
    const entry = entries.at(-1);
    const written = entry && writeGeminiModel(entry);
    expect(written).toMatchObject({ name: 'models/q', description: '', thinking: false });
    expect(written).not.toHaveProperty('inputTokenLimit');
    expect(written).not.toHaveProperty('outputTokenLimit');
  });
});

describe('the list in Google’s form', () => {
  it('is whole when it fits on a page', () => {
    expect(names()).toEqual(allNames);
    expect(page()).not.toHaveProperty('nextPageToken');
    expect(page({ pageSize: '5' })).not.toHaveProperty('nextPageToken');
    expect(names({ pageSize: '5000' })).toEqual(allNames);
  });

  it.each([1, 2, 3, 4])('is read to its end with pages of %i', (pageSize) => {
    const read: string[] = [];
    let token: string | undefined = '';
    while (token !== undefined) {
      const next = page({ pageSize: String(pageSize), pageToken: token });
      expect(next.models.length).toBeLessThanOrEqual(pageSize);
      read.push(...next.models.map(({ name }) => name));
      token = next.nextPageToken;
    }
    expect(read).toEqual(allNames);
  });

  it.each([
    ['pageSize', '0'],
    ['pageSize', 'x'],
    ['pageSize', '-3'],
    ['pageToken', 'bm90aGluZw'],
    ['pageToken', '%%%'],
  ])('refuses %s=%s by its name', (field, value) => {
    expect(() => page({ [field]: value })).toThrow(expect.objectContaining({ status: 400, param: field }));
  });
});
