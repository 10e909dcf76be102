import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../shared/chat/model.ts';
import { writeModel, writeModelList } from '../../../../shared/dialects/openai-chat/models.ts';
import { entryOf, listModels } from '../../../../shared/models/model-list.ts';
import { resolveModel } from '../../../../shared/models/model-name.ts';

const plus: Model = {
  id: 'qwen3.7-plus',
  displayName: 'Qwen3.7-Plus',
  ownedBy: 'qwen',
  createdAt: 1_780_000_000,
  capabilities: { thinking: true, search: false, vision: true, image: false, imageEdit: false, video: false },
};

const thinking = {
  id: 'Qwen3.7-Plus-thinking',
  object: 'model',
  created: 1_780_000_000,
  owned_by: 'qwen',
  name: 'qwen3.7-plus-thinking',
  upstream_id: 'qwen3.7-plus',
  display_name: 'Qwen3.7-Plus',
};

describe('models in OpenAI’s form', () => {
  it('are a list with their names', () => {
    expect(writeModelList(listModels([plus], { simple: false, outputs: ['text'] }))).toEqual({
      object: 'list',
      data: [{ ...thinking, id: 'Qwen3.7-Plus', name: 'qwen3.7-plus' }, thinking],
    });
  });

  it('can be asked for one by one', () => {
    const found = resolveModel('QWEN3.7-plus-Thinking', [plus]);
    expect(found && writeModel(entryOf(found))).toEqual(thinking);
  });
});
