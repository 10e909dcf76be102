import type { DialectName } from '../chat/dialect.ts';
import { toldDialect } from '../http/dialect-of.ts';
import type { RouteHandler } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ModelCatalogue } from '../models/model-catalogue.ts';
import { entryOf, listModels, namesOf } from '../models/model-list.ts';
import type { ModelNames } from '../models/model-names.ts';
import { mayAsk } from '../models/model-rights.ts';
import { type ModelForm, modelForms } from './model-forms.ts';

/** What chats serve so far. */
const outputs = ['text', 'image', 'image-edit'] as const;

/** Whose form a path answers in; `told` by the client's headers where several share the path (client-apis C.0). */
export type ModelFormChoice = DialectName | 'told';

/** `GET /v1/models` and its other paths. @param simple lists base models without their variants. */
export function createListModels(
  catalogue: ModelCatalogue,
  simple: boolean,
): (choice: ModelFormChoice) => RouteHandler {
  return (choice) => async (call) => {
    const entries = listModels(await catalogue.models(), { simple, outputs });
    const allowed = entries.filter((entry) => mayAsk(call.caller, namesOf(entry)));
    return jsonResponse(formFor(choice, call).list(allowed, call.query));
  };
}

/** `GET /v1/models/{model}`: by any name that a chat would take. */
export function createShowModel(modelNames: ModelNames): (choice: ModelFormChoice) => RouteHandler {
  return (choice) => async (call) => {
    const found = await modelNames.find(call.parameters.model ?? '', call.caller);
    return jsonResponse(formFor(choice, call).show(entryOf(found)));
  };
}

function formFor(choice: ModelFormChoice, call: Call): ModelForm {
  return modelForms[choice === 'told' ? (toldDialect(call) ?? 'openai-chat') : choice];
}
