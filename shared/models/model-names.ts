import { ModelNotFoundError } from '../chat/errors/request-errors.ts';
import type { Model } from '../chat/model.ts';
import type { AliasTable } from './alias-table.ts';
import { resolveClaudeName } from './claude-name.ts';
import { findAlias, type ModelAlias } from './model-alias.ts';
import type { ModelCatalogue } from './model-catalogue.ts';
import { entryOf, namesOf } from './model-list.ts';
import { type ResolvedModel, resolveModel, resolveName } from './model-name.ts';
import { type ModelRights, mayAsk } from './model-rights.ts';

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
   * @param rights of who asks. A model is allowed under the name that was asked for as under its own.
   * @throws ModelNotFoundError naming what there is for them; UpstreamError when no catalogue can be had; StoreUnavailableError
   */
  async find(name: string, rights: ModelRights): Promise<ResolvedModel> {
    const models = await this.#options.catalogue.models();
    const { meant, names } = await this.#resolve(name, models);
    if (meant !== undefined && mayAsk(rights, [...names, ...namesOf(entryOf(meant))])) return meant;
    throw notFound(name, models, rights);
  }

  async #resolve(name: string, models: readonly Model[]): Promise<Resolution> {
    const known = resolveModel(name, models);
    if (known !== undefined) return { meant: known, names: [name] };
    const claude = resolveClaudeName(name, models);
    // Who may ask for `claude-*` means aliases: every model has such a name.
    if (claude !== undefined) return { meant: claude, names: [] };
    const { aliases, builtIn } = this.#options;
    return resolveAlias(name, [...(await aliases.current()), ...builtIn], models);
  }
}

/** What a name means, and the names for it that its asker may be allowed beside the model's own. */
interface Resolution {
  readonly meant: ResolvedModel | undefined;
  readonly names: readonly string[];
}

/** A suffix behind a name that fits no alias is cut off and counts, as with every other name. */
function resolveAlias(name: string, aliases: readonly ModelAlias[], models: readonly Model[]): Resolution {
  const names = [name];
  const meant = resolveName(name, (base) => {
    const alias = findAlias(base, aliases);
    const found = alias && resolveModel(alias.model, models);
    if (found !== undefined) names.push(base);
    return found;
  });
  return { meant, names };
}

/** Names come from callers and may be as long as a body. */
const longestShown = 100;

function notFound(name: string, models: readonly Model[], rights: ModelRights): ModelNotFoundError {
  const known = models.map(({ id }) => id);
  const allowed = known.filter((id, place) => mayAsk(rights, [id, models[place]?.displayName ?? id]));
  if (rights.models !== undefined) {
    return new ModelNotFoundError(
      `There is no model ${name.slice(0, longestShown)} for this key. GET /v1/models lists what there is: ` +
        `${allowed.join(', ') || 'nothing'}. Ask the owner to allow another one.`,
      { param: 'model' },
    );
  }
  return new ModelNotFoundError(
    `There is no model ${name.slice(0, longestShown)}. GET /v1/models lists what there is: ${known.join(', ')}. ` +
      'For a client that can ask for no other name, the owner can set an alias: PUT /admin/model-aliases.',
    { param: 'model' },
  );
}
