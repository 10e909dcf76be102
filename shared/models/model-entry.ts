import type { Model } from '../chat/model.ts';

/** One line of the models list: a model, or a variant of it. */
export interface ModelEntry {
  /** The readable name with the variant's suffix. */
  readonly id: string;
  /** The upstream's id with the variant's suffix. */
  readonly name: string;
  readonly model: Model;
}

/** @param suffix with its leading hyphen; `''` for the model itself. */
export function modelEntry(model: Model, suffix: string): ModelEntry {
  return { id: model.displayName + suffix, name: model.id + suffix, model };
}
