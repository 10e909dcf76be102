import { editBody, generationBody } from '../../images/order-body.ts';
import { modelHeaders } from '../answer-headers.ts';
import { imageEvents, imageList } from '../answers/images.ts';
import { errandErrors, fileErrors, pictureErrors } from '../error-topics.ts';
import { type JsonSchema, named } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import type { RouteDocuments } from '../route-document.ts';

const errors = [
  ...errandErrors,
  ...pictureErrors,
  'unsupported_parameter',
  'content_filter',
  'model_not_found',
  'chat_busy',
  'chat_not_found',
  'upstream_truncated',
  'upstream_empty_answer',
  'upstream_tool_intercepted',
  'object_store_unavailable',
];

const file: JsonSchema = { type: 'string', format: 'binary' };
const editForm: JsonSchema = named('ImageEditForm', {
  type: 'object',
  properties: {
    image: file,
    'image[]': { type: 'array', items: file },
    prompt: { type: 'string' },
    model: { type: 'string' },
    n: { type: 'string' },
    size: { type: 'string' },
    response_format: { enum: ['url', 'b64_json'] },
    stream: { enum: ['true', 'false'] },
  },
});

/** OpenAI's images. */
export const imageRoutes = {
  'POST /v1/images/generations': {
    tag: 'Images',
    summary: 'Make pictures of words',
    description:
      'Each of `n` pictures is a request of its own. When only some can be made, these are the answer, and `errors` tells of the ' +
      'others. With `stream` each picture is an event.',
    body: {
      json: requestSchema('ImageGenerationRequest', generationBody),
      example: { prompt: 'A lighthouse in fog', size: '1024x1024' },
    },
    answers: {
      200: {
        description: 'The pictures.',
        json: imageList,
        events: { byName: imageEvents('image_generation') },
        headers: modelHeaders,
      },
    },
    errors,
  },
  'POST /v1/images/edits': {
    tag: 'Images',
    summary: 'Change pictures',
    description: 'Pictures as files of a form, or in JSON as addresses, data URIs or ids of files.',
    body: {
      json: requestSchema('ImageEditRequest', editBody),
      form: editForm,
      example: {
        prompt: 'Make the sky red',
        image:
          'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
      },
    },
    answers: {
      200: {
        description: 'The pictures.',
        json: imageList,
        events: { byName: imageEvents('image_edit') },
        headers: modelHeaders,
      },
    },
    errors: [...errors, ...fileErrors],
  },
  'POST /v1/images/variations': {
    tag: 'Images',
    summary: 'Nothing any more',
    description: 'Variations are no longer part of the images API. It has no good answer.',
    answers: {},
    errors: ['route_not_found'],
  },
} as const satisfies RouteDocuments;
