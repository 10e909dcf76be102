import type { ModelEntry } from '../../models/model-entry.ts';

/** A model in OpenAI's form, and beside it the names under which it can be asked for. */
export interface ModelBody {
  /** The readable name, variant included. */
  readonly id: string;
  readonly object: 'model';
  /** Epoch seconds. */
  readonly created: number;
  readonly owned_by: string;
  /** The upstream's id, variant included. */
  readonly name: string;
  readonly upstream_id: string;
  readonly display_name: string;
}

export interface ModelListBody {
  readonly object: 'list';
  readonly data: readonly ModelBody[];
}

/** The answer to `GET /v1/models/{model}`. */
export function writeModel({ id, name, model }: ModelEntry): ModelBody {
  return {
    id,
    object: 'model',
    created: model.createdAt,
    owned_by: model.ownedBy,
    name,
    upstream_id: model.id,
    display_name: model.displayName,
  };
}

/** The answer to `GET /v1/models`. */
export function writeModelList(entries: readonly ModelEntry[]): ModelListBody {
  return { object: 'list', data: entries.map(writeModel) };
}
