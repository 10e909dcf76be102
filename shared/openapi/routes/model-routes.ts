import { aliasList } from '../../admin/aliases/parse-aliases.ts';
import {
  anthropicModel,
  anthropicModelList,
  geminiModel,
  geminiModelList,
  modelAliases,
  openAiModel,
  openAiModelList,
} from '../answers/models.ts';
import { errandErrors } from '../error-topics.ts';
import { anyOf, type Fields, integer, text } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import { limitOf } from '../requests/queries.ts';
import type { RouteDocuments } from '../route-document.ts';

/** The catalogue comes from the upstream. */
const errors = errandErrors;
const path: Fields = { model: { ...text, description: 'Any name of a model.', example: 'qwen3.7-plus' } };
const anthropicPages: Fields = { limit: limitOf(1000, 20), after_id: text, before_id: text };
const geminiPages: Fields = { pageSize: { ...integer, minimum: 1, default: 50 }, pageToken: text };

/** The catalogue, and the owner's own names for models. */
export const modelRoutes = {
  'GET /v1/models': {
    tag: 'Models',
    summary: 'List models',
    description:
      'In Anthropic’s form when `anthropic-version` is sent, in Google’s when the key comes as `x-goog-api-key` or `key`, otherwise in OpenAI’s.',
    query: { ...anthropicPages, ...geminiPages },
    headers: { 'anthropic-version': text },
    answers: {
      200: { description: 'The models.', json: anyOf(openAiModelList, anthropicModelList, geminiModelList) },
    },
    errors,
  },
  'GET /v1/models/{model}': {
    tag: 'Models',
    summary: 'Look at a model',
    description: 'In the same forms, under any name that a chat would take.',
    path,
    headers: { 'anthropic-version': text },
    answers: { 200: { description: 'The model.', json: anyOf(openAiModel, anthropicModel, geminiModel) } },
    errors: [...errors, 'model_not_found'],
  },
  'GET /v1beta/models': {
    tag: 'Models',
    summary: 'List models in Google’s form',
    query: geminiPages,
    answers: { 200: { description: 'The models.', json: geminiModelList } },
    errors,
  },
  'GET /v1beta/models/{model}': {
    tag: 'Models',
    summary: 'Look at a model in Google’s form',
    path,
    answers: { 200: { description: 'The model.', json: geminiModel } },
    errors: [...errors, 'model_not_found'],
  },
  'GET /api/models': {
    tag: 'Models',
    summary: 'List models, below the native paths',
    answers: { 200: { description: 'The models.', json: openAiModelList } },
    errors,
  },
  'GET /models': {
    tag: 'Models',
    summary: 'List models, for everybody where the owner wants it',
    answers: { 200: { description: 'The models.', json: openAiModelList } },
    errors,
  },
  'GET /admin/model-aliases': {
    tag: 'Admin: gateway',
    summary: 'Read the model aliases',
    answers: { 200: { description: 'The owner’s, and those that are built in.', json: modelAliases } },
  },
  'PUT /admin/model-aliases': {
    tag: 'Admin: gateway',
    summary: 'Replace the model aliases',
    description: 'The whole list. The first pattern that fits counts; `*` stands for any text.',
    body: {
      json: requestSchema('ModelAliasList', aliasList),
      example: { aliases: [{ pattern: 'gpt-*', model: 'qwen3.7-plus' }] },
    },
    answers: { 200: { description: 'The aliases as they are now.', json: modelAliases } },
    errors,
  },
} as const satisfies RouteDocuments;
