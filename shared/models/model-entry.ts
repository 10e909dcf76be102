import type { Model } from '../chat/model.ts';

/** One line of the models list: a model, or a variant of it. */
export interface ModelEntry {
  /** The readable name with the variant's suffix. */
  readonly id: string;
  /** The upstream's id with the variant's suffix. */
  readonly name: string;
  readonly upstreamId: string;
  /** The readable name without a suffix. */
  readonly displayName: string;
  readonly ownedBy: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

/** @param suffix with its leading hyphen; `''` for the model itself. */
export function modelEntry(model: Model, suffix: string): ModelEntry {
  return {
    id: model.displayName + suffix,
    name: model.id + suffix,
    upstreamId: model.id,
    displayName: model.displayName,
    ownedBy: model.ownedBy,
    createdAt: model.createdAt,
  };
}
