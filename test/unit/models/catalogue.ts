import type { Model, ModelCapabilities } from '../../../shared/chat/model.ts';

export function model(id: string, displayName: string, can: Partial<ModelCapabilities> = {}): Model {
  const nothing = { thinking: false, search: false, vision: false, image: false, imageEdit: false, video: false };
  return { id, displayName, ownedBy: 'qwen', createdAt: 1_780_000_000, capabilities: { ...nothing, ...can } };
}

/** Models of every kind, among them some whose own names end like a variant. */
export const catalogue: readonly Model[] = [
  model('qwen3.7-plus', 'Qwen3.7-Plus', { thinking: true, search: true, image: true, imageEdit: true, video: true }),
  model('qwen3-30b', 'Qwen3 30B', { thinking: true }),
  model('qwen3-30b-thinking', 'Qwen3 30B Thinking', { search: true }),
  model('qwen-deep-research', 'Qwen Deep Research'),
];
