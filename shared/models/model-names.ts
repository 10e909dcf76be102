import { ModelNotFoundError } from '../chat/errors/request-errors.ts';
import type { Model } from '../chat/model.ts';
import type { AliasTable } from './alias-table.ts';
import { resolveClaudeName } from './claude-name.ts';
import { findAlias, type ModelAlias } from './model-alias.ts';
import type { ModelCatalogue } from './model-catalogue.ts';
import { type ResolvedModel, resolveModel, resolveName } from './model-name.ts';

export interface ModelNamesOptions {
  readonly catalogue: Pick<ModelCatalogue, 'models'>;
  readonly aliases: Pick<AliasTable, 'current'>;
  /** Asked after the owner's own. */
  readonly builtIn: readonly ModelAlias[];
}

/** Every name by which a model can be asked for. */
export class ModelNames {
  readonly #options: ModelNamesOptions;

  constructor(options: ModelNamesOptions) {
    this.#options = options;
  }

  /**
   * Finds what a name means: the catalogue's names count first, then those with `claude-` before them, then aliases.
   * Only a name that is neither of the first two reads the table of aliases.
   *
   * @throws ModelNotFoundError naming what there is; UpstreamError when no catalogue can be had; StoreUnavailableError
   */
  async find(name: string): Promise<ResolvedModel> {
    const { catalogue, aliases, builtIn } = this.#options;
    const models = await catalogue.models();
    const known = resolveModel(name, models) ?? resolveClaudeName(name, models);
    if (known !== undefined) return known;
    const meant = resolveAlias(name, [...(await aliases.current()), ...builtIn], models);
    if (meant !== undefined) return meant;
    throw notFound(name, models);
  }
}

/** A suffix behind a name that fits no alias is cut off and counts, as with every other name. */
function resolveAlias(
  name: string,
  aliases: readonly ModelAlias[],
  models: readonly Model[],
): ResolvedModel | undefined {
  return resolveName(name, (base) => {
    const alias = findAlias(base, aliases);
    return alias && resolveModel(alias.model, models);
  });
}

/** Names come from callers and may be as long as a body. */
const longestShown = 100;

function notFound(name: string, models: readonly Model[]): ModelNotFoundError {
  const known = models.map(({ id }) => id).join(', ');
  return new ModelNotFoundError(
    `There is no model ${name.slice(0, longestShown)}. GET /v1/models lists what there is: ${known}. ` +
      'For a client that can ask for no other name, the owner can set an alias: PUT /admin/model-aliases.',
    { param: 'model' },
  );
}
