import type { DialectName } from '../chat/dialect.ts';
import { writeAnthropicModel, writeAnthropicModels } from '../dialects/anthropic/models.ts';
import { writeGeminiModel, writeGeminiModels } from '../dialects/gemini/models.ts';
import { writeModel, writeModelList } from '../dialects/openai-chat/models.ts';
import type { Call } from '../http/invocation.ts';
import type { ModelEntry } from '../models/model-entry.ts';

/** How one protocol writes models. */
export interface ModelForm {
  /** @throws InvalidRequestError for a page that is none. */
  list(entries: readonly ModelEntry[], query: Call['query']): object;
  show(entry: ModelEntry): object;
}

const openAiForm: ModelForm = { list: writeModelList, show: writeModel };

/** The form of each dialect's lists. */
export const modelForms: Readonly<Record<DialectName, ModelForm>> = {
  'openai-chat': openAiForm,
  'openai-responses': openAiForm,
  native: openAiForm,
  anthropic: { list: writeAnthropicModels, show: writeAnthropicModel },
  gemini: { list: writeGeminiModels, show: writeGeminiModel },
};
