import type { Model } from '../chat/model.ts';
import { cutSuffix, type NamedFeatures } from './model-suffixes.ts';

/** A model name taken apart without knowledge of the catalogue. */
export interface ParsedModelName {
  readonly base: string;
  readonly features: NamedFeatures;
}

/** A name found in the catalogue. */
export interface ResolvedModel {
  readonly model: Model;
  readonly features: NamedFeatures;
}

const noFeatures: NamedFeatures = { output: 'text' };

/** Names come from callers, may be as long as a body, and are looked up once for each suffix. */
const longestName = 256;

/**
 * Cuts all suffixes off a model name, in any order and however often they stand. Where two contradict each other, the
 * one further right wins.
 */
export function parseModelName(name: string): ParsedModelName {
  let base = name;
  let features: NamedFeatures = noFeatures;
  for (let cut = cutSuffix(base); cut !== undefined; cut = cutSuffix(base)) {
    features = withOuter(cut.features, features);
    base = cut.rest;
  }
  return { base, features };
}

/**
 * Finds the model that a name means. Upstream ids and readable names are both taken, in any letter case. The longest
 * name that the catalogue knows wins, so that a model whose own name ends in `-search` is not mistaken for a variant.
 *
 * @returns `undefined` for an unknown model.
 */
export function resolveModel(name: string, models: readonly Model[]): ResolvedModel | undefined {
  const known = indexOf(models);
  return resolveName(name, (base) => {
    const model = known.get(base.toLowerCase());
    return model && { model, features: noFeatures };
  });
}

/**
 * Cuts suffixes off a name until something is known by the rest. What the cut suffixes say wins over what the found
 * says of itself.
 *
 * @param find looks for a name with what suffixes it still has.
 */
export function resolveName(
  name: string,
  find: (base: string) => ResolvedModel | undefined,
): ResolvedModel | undefined {
  if (name.length > longestName) return undefined;
  let features: NamedFeatures = noFeatures;
  for (let rest = name.trim(); ; ) {
    const found = find(rest);
    if (found !== undefined) return { model: found.model, features: withOuter(found.features, features) };
    const cut = cutSuffix(rest);
    if (cut === undefined) return undefined;
    features = withOuter(cut.features, features);
    rest = cut.rest;
  }
}

/** Adds what a suffix says to what those on its right said, which win. */
function withOuter(inner: Partial<NamedFeatures>, outer: NamedFeatures): NamedFeatures {
  return { ...inner, ...outer, output: outer.output === 'text' ? (inner.output ?? 'text') : outer.output };
}

/** A catalogue stays the same for an hour, and each request asks it. */
const indexes = new WeakMap<readonly Model[], ReadonlyMap<string, Model>>();

function indexOf(models: readonly Model[]): ReadonlyMap<string, Model> {
  const known = indexes.get(models);
  if (known !== undefined) return known;
  const index = new Map<string, Model>();
  for (const model of models) index.set(model.displayName.toLowerCase(), model);
  // Ids come last: where one is another model's readable name, the id counts.
  for (const model of models) index.set(model.id.toLowerCase(), model);
  indexes.set(models, index);
  return index;
}
