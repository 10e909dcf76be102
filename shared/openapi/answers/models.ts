import {
  anyObject,
  count,
  epochSeconds,
  flag,
  isoTime,
  type JsonSchema,
  listOf,
  named,
  object,
  only,
  orNull,
  text,
} from '../json-schema.ts';

/** OpenAI's model, with the other names under which it can be asked for. */
export const openAiModel: JsonSchema = named(
  'Model',
  object({
    id: text,
    object: only('model'),
    created: epochSeconds,
    owned_by: text,
    name: text,
    upstream_id: text,
    display_name: text,
  }),
);

export const openAiModelList = named('ModelList', object({ object: only('list'), data: listOf(openAiModel) }));

/** Anthropic's model. */
export const anthropicModel: JsonSchema = named(
  'AnthropicModel',
  object({
    type: only('model'),
    id: text,
    display_name: text,
    created_at: isoTime,
    lifecycle: only('active'),
    deprecated_at: only(null),
    retires_at: only(null),
    line: only(null),
    max_input_tokens: orNull(count),
    max_tokens: orNull(count),
    capabilities: anyObject,
  }),
);

export const anthropicModelList = named(
  'AnthropicModelList',
  object({ data: listOf(anthropicModel), has_more: flag, first_id: orNull(text), last_id: orNull(text) }),
);

/** Google's model. */
export const geminiModel: JsonSchema = named(
  'GeminiModel',
  object(
    {
      name: text,
      baseModelId: text,
      version: text,
      displayName: text,
      description: text,
      supportedGenerationMethods: listOf(text),
      thinking: flag,
    },
    { inputTokenLimit: count, outputTokenLimit: count },
  ),
);

export const geminiModelList = named(
  'GeminiModelList',
  object({ models: listOf(geminiModel) }, { nextPageToken: text }),
);

const alias = object({ pattern: text, model: text });

/** Names of the owner's own, and those that are built in. */
export const modelAliases = named(
  'ModelAliases',
  object({ object: only('model.aliases'), source: text, aliases: listOf(alias), built_in: listOf(alias) }),
);
