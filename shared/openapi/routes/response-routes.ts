import { responsesBody } from '../../dialects/openai-responses/request-body.ts';
import { chatHeaders } from '../answer-headers.ts';
import { deletedOf } from '../answers/lists.ts';
import { inputItemList, response } from '../answers/response.ts';
import { responseEvents } from '../answers/response-events.ts';
import { responseTokenCount } from '../answers/token-counts.ts';
import { chatErrors } from '../error-topics.ts';
import { integer, oneOf } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import { pageQuery } from '../requests/queries.ts';
import type { RouteDocuments } from '../route-document.ts';

const request = requestSchema('ResponseRequest', responsesBody);
const { required: _, ...countRequest } = request;
const events = { byName: responseEvents };
const unknown = ['response_not_found'];

/** OpenAI's responses. */
export const responseRoutes = {
  'POST /v1/responses': {
    tag: 'Responses',
    summary: 'Ask',
    description:
      'Goes on from `previous_response_id` when there is one. With `stream` the answer comes as events, with `background` it is made ' +
      'without its caller and read later. It is kept unless `store` is false.',
    body: { json: request, example: { model: 'qwen3.7-plus', input: 'Say hello.' } },
    answers: {
      200: {
        description: 'The response, whole, waiting, or as a stream of events.',
        json: response,
        events,
        headers: chatHeaders,
      },
    },
    errors: [...chatErrors, 'previous_response_not_found', 'item_not_found'],
  },
  'GET /v1/responses': {
    tag: 'Responses',
    summary: 'Refuse a WebSocket',
    description: 'Tells clients that try a WebSocket to use HTTP. It has no good answer.',
    answers: {},
    errors: ['upgrade_required', 'method_not_allowed'],
  },
  'GET /v1/responses/{id}': {
    tag: 'Responses',
    summary: 'Read a response',
    description: 'With `stream=true` as events, from behind the one with the number `starting_after`.',
    query: {
      stream: oneOf('true', 'false'),
      starting_after: { ...integer, minimum: 0, description: 'The number of the last event that was read.' },
    },
    answers: { 200: { description: 'The response.', json: response, events } },
    errors: ['invalid_request', ...unknown],
  },
  'DELETE /v1/responses/{id}': {
    tag: 'Responses',
    summary: 'Delete a response',
    answers: { 200: { description: 'It is gone.', json: deletedOf('DeletedResponse', 'response') } },
    errors: unknown,
  },
  'POST /v1/responses/{id}/cancel': {
    tag: 'Responses',
    summary: 'Cancel a response in the background',
    answers: { 200: { description: 'The response as it is now.', json: response } },
    errors: ['invalid_request', ...unknown],
  },
  'GET /v1/responses/{id}/input_items': {
    tag: 'Responses',
    summary: 'List what a response was made from',
    query: pageQuery(100, 20),
    answers: { 200: { description: 'A page of items.', json: inputItemList } },
    errors: ['invalid_request', ...unknown],
  },
  'POST /v1/responses/input_tokens': {
    tag: 'Responses',
    summary: 'Count the tokens of a request',
    description: 'Counted by Qwen’s own tokenizer, with what `previous_response_id` stands for.',
    body: {
      json: { ...countRequest, title: 'ResponseTokenCountRequest' },
      example: { model: 'qwen3.7-plus', input: 'Say hello.' },
    },
    answers: { 200: { description: 'The count.', json: responseTokenCount } },
    errors: ['unsupported_parameter', 'previous_response_not_found', 'item_not_found'],
  },
} as const satisfies RouteDocuments;
