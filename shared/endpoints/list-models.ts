import { ModelNotFoundError } from '../chat/errors/request-errors.ts';
import { writeModel, writeModelList } from '../dialects/openai-chat/models.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { ModelCatalogue } from '../models/model-catalogue.ts';
import { findModelEntry, listModels } from '../models/model-list.ts';

/** What chat completions serve so far. */
const outputs = ['text'] as const;

/** `GET /v1/models` and its other paths. @param simple lists base models without their variants. */
export function createListModels(catalogue: ModelCatalogue, simple: boolean): RouteHandler {
  return async () => jsonResponse(writeModelList(listModels(await catalogue.models(), { simple, outputs })));
}

/** `GET /v1/models/{model}`: by any name that a chat would take. */
export function createShowModel(catalogue: ModelCatalogue): RouteHandler {
  return async ({ parameters: { model = '' } }) => {
    const entry = findModelEntry(model, await catalogue.models());
    if (entry === undefined)
      throw new ModelNotFoundError(`There is no model ${model}. GET /v1/models lists what there is.`);
    return jsonResponse(writeModel(entry));
  };
}
