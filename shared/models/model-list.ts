import type { Model, ModelCapabilities } from '../chat/model.ts';
import { type ModelEntry, modelEntry } from './model-entry.ts';
import { type ResolvedModel, resolveModel } from './model-name.ts';
import type { ModelOutput, NamedFeatures } from './model-suffixes.ts';

export interface ModelListOptions {
  /** List the models themselves only, without their variants (the setting SIMPLE_MODEL_MAP). */
  readonly simple: boolean;
  /** What the gateway serves: a variant for anything else would be a promise that every request breaks. */
  readonly outputs: readonly ModelOutput[];
}

/** Each model, followed by the variants that it can serve. */
export function listModels(models: readonly Model[], options: ModelListOptions): readonly ModelEntry[] {
  if (options.simple) return models.map((model) => modelEntry(model, ''));
  return models.flatMap((model) => {
    const variants = variantSuffixes(model.capabilities, options.outputs).filter((suffix) =>
      isVariant(model, suffix, models),
    );
    return ['', ...variants].map((suffix) => modelEntry(model, suffix));
  });
}

/** The entry of a model that was asked for by any of its names, under its usual name. */
export function entryOf({ model, features }: ResolvedModel): ModelEntry {
  return modelEntry(model, usualSuffix(features));
}

/** Every name under which a key may be allowed an entry: its own, and those of its model without a suffix. */
export function namesOf({ id, name, model }: ModelEntry): readonly string[] {
  return [id, name, model.displayName, model.id];
}

function variantSuffixes(capabilities: ModelCapabilities, outputs: readonly ModelOutput[]): readonly string[] {
  const { thinking, search, image, imageEdit, video } = capabilities;
  return [
    ...(thinking ? ['-thinking'] : []),
    ...(search ? ['-search'] : []),
    ...(thinking && search ? ['-thinking-search'] : []),
    ...(image && outputs.includes('image') ? ['-image'] : []),
    ...(imageEdit && outputs.includes('image-edit') ? ['-image-edit'] : []),
    ...(video && outputs.includes('video') ? ['-video'] : []),
  ];
}

/** Not one that is also the name of another model, as `qwen3-coder` and its sibling `qwen3-coder-thinking`. */
function isVariant(model: Model, suffix: string, models: readonly Model[]): boolean {
  return [model.id, model.displayName].every((name) => resolveModel(name + suffix, models)?.model === model);
}

function usualSuffix({ output, thinking, search }: NamedFeatures): string {
  return [
    thinking === true ? '-thinking' : '',
    thinking === false ? '-fast' : '',
    search === true ? '-search' : '',
    output === 'text' ? '' : `-${output}`,
  ].join('');
}
