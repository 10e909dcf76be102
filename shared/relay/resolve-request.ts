import { UnsupportedParameterError } from '../chat/errors/request-errors.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { ResolvedChatRequest } from '../chat/upstream.ts';
import type { ResolvedModel } from '../models/model-name.ts';
import { resolvePicture } from './resolve-picture.ts';

/**
 * Settles what a request asks for and which features are on: its own fields win over the suffixes of the model's name.
 *
 * @param named what the request's model name means.
 * @throws UnsupportedParameterError when it asks for what the gateway, or the model, does not make.
 */
export function resolveRequest(request: ChatRequest, { model, features: named }: ResolvedModel): ResolvedChatRequest {
  const { features, ...rest } = request;
  const output = request.output ?? named.output;
  if (output === 'image' || output === 'image-edit') return resolvePicture({ ...rest, target: model });
  if (output !== 'text') {
    throw new UnsupportedParameterError(`Models for ${output} are not served by chat completions yet.`, {
      param: 'model',
    });
  }
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
