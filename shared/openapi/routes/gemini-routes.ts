import { contentBody } from '../../dialects/gemini/content-body.ts';
import { geminiBody } from '../../dialects/gemini/request-body.ts';
import { chatHeaders } from '../answer-headers.ts';
import { geminiAnswer } from '../answers/gemini-answer.ts';
import { geminiTokenCount } from '../answers/token-counts.ts';
import { geminiError } from '../error-envelopes.ts';
import { chatErrors } from '../error-topics.ts';
import { anyOf, type Fields, listOf, named, object, oneOf, text } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import type { RouteDocument, RouteDocuments } from '../route-document.ts';

const contents = [{ role: 'user', parts: [{ text: 'Say hello.' }] }];
const request = requestSchema('GenerateContentRequest', geminiBody);
const path: Fields = { model: { ...text, description: 'Any name of a model.', example: 'qwen3.7-plus' } };

const generate: RouteDocument = {
  tag: 'Gemini',
  summary: 'Ask',
  description: 'Google’s form; fields are taken in camel and in snake case.',
  path,
  body: { json: request, example: { contents } },
  answers: { 200: { description: 'The answer.', json: geminiAnswer, headers: chatHeaders } },
  errors: chatErrors,
};

const stream: RouteDocument = {
  ...generate,
  summary: 'Ask, and read the answer as it comes',
  description:
    'With `alt=sse` the answer comes as events without names, otherwise as one JSON list, an element at a time. An error after the ' +
    'first chunk is an event, or element, in the form of errors.',
  query: { alt: { ...oneOf('sse'), description: 'Server-sent events in place of one list.' } },
  answers: {
    200: {
      description: 'The answer in chunks.',
      json: listOf(anyOf(geminiAnswer, geminiError)),
      events: { byName: { message: anyOf(geminiAnswer, geminiError) } },
      headers: chatHeaders,
    },
  },
};

const countRequest = named(
  'CountTokensRequest',
  anyOf(
    object({ contents: listOf(requestSchema('Content', contentBody)) }),
    object({ generateContentRequest: request }),
  ),
);

const countTokens: RouteDocument = {
  tag: 'Gemini',
  summary: 'Count the tokens of a request',
  description: 'Contents, or a whole request under `generateContentRequest`. Counted by Qwen’s own tokenizer.',
  path,
  body: { json: countRequest, example: { contents } },
  answers: { 200: { description: 'The count.', json: geminiTokenCount } },
  errors: ['unsupported_parameter'],
};

/** Chats in Google's form. */
export const geminiRoutes = {
  'POST /v1beta/models/{model}:countTokens': countTokens,
  'POST /v1/models/{model}:countTokens': countTokens,
  'POST /v1beta/models/{model}:generateContent': generate,
  'POST /v1/models/{model}:generateContent': generate,
  'POST /v1beta/models/{model}:streamGenerateContent': stream,
  'POST /v1/models/{model}:streamGenerateContent': stream,
} as const satisfies RouteDocuments;
