import { ModelNotFoundError, UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { Model } from '../chat/model.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import { type ResolvedModel, resolveModel } from '../models/model-name.ts';

/**
 * Finds the model that a request names, and settles which features are on: the request's own fields win over the
 * suffixes of the name.
 *
 * @throws ModelNotFoundError naming what there is, UnsupportedParameterError
 */
export function resolveRequest(request: ChatRequest, models: readonly Model[]): ResolvedChatRequest {
  const { model, features: named } = findModel(request.model, models);
  if (named.output !== 'text') {
    throw new UnsupportedParameterError(`Models for ${named.output} are not served by chat completions yet.`, {
      param: 'model',
    });
  }
  const { features, ...rest } = request;
  const { thinkingBudget } = features;
  return {
    ...rest,
    target: model,
    features: {
      thinking: features.thinking ?? named.thinking ?? false,
      search: features.search ?? named.search ?? false,
      ...(thinkingBudget === undefined ? {} : { thinkingBudget }),
    },
  };
}

/** @throws ModelNotFoundError naming what there is. */
export function findModel(name: string, models: readonly Model[]): ResolvedModel {
  const resolved = resolveModel(name, models);
  if (resolved !== undefined) return resolved;
  const known = models.map(({ id }) => id).join(', ');
  throw new ModelNotFoundError(`There is no model ${name}. GET /v1/models lists what there is: ${known}.`, {
    param: 'model',
  });
}
