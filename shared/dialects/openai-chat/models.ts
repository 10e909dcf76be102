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
export function writeModel(entry: ModelEntry): ModelBody {
  return {
    id: entry.id,
    object: 'model',
    created: entry.createdAt,
    owned_by: entry.ownedBy,
    name: entry.name,
    upstream_id: entry.upstreamId,
    display_name: entry.displayName,
  };
}

/** The answer to `GET /v1/models`. */
export function writeModelList(entries: readonly ModelEntry[]): ModelListBody {
  return { object: 'list', data: entries.map(writeModel) };
}
