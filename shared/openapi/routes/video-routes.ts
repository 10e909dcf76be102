import { videoBody } from '../../videos/read-video-body.ts';
import { locationHeaders, videoHeaders } from '../answer-headers.ts';
import { deletedVideo, video, videoEvents, videoList, videoTask } from '../answers/videos.ts';
import { errandErrors } from '../error-topics.ts';
import { type JsonSchema, named, oneOf } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import { pageQuery } from '../requests/queries.ts';
import { idempotencyKey, lastEventId } from '../requests/request-headers.ts';
import type { RouteDocument, RouteDocuments } from '../route-document.ts';

const request = requestSchema('VideoRequest', videoBody);
const form: JsonSchema = named('VideoForm', {
  type: 'object',
  properties: {
    prompt: { type: 'string' },
    model: { type: 'string' },
    size: { type: 'string' },
    seconds: { type: 'string' },
    wait: oneOf('true', 'false'),
    webhook_url: { type: 'string' },
  },
  required: ['prompt'],
});

const unknown = ['video_not_found'];

const refused: RouteDocument = {
  tag: 'Videos',
  summary: 'Refuse what the upstream can’t make',
  description: 'Videos are made from a prompt only. It has no good answer.',
  answers: {},
  errors: ['invalid_request'],
};

/** OpenAI's videos. */
export const videoRoutes = {
  'POST /v1/videos': {
    tag: 'Videos',
    summary: 'Order a video',
    description:
      'Answers at once with the job, which goes on by itself. With `wait` it answers when the video is there, or with 202 and the job ' +
      'when that takes too long. `webhook_url` is told of the end.',
    query: { wait: oneOf('true', 'false') },
    headers: idempotencyKey,
    body: { json: request, form, example: { prompt: 'A lighthouse in fog', size: '1280x720', seconds: '5' } },
    answers: {
      200: { description: 'The job, or the finished video.', json: video, headers: videoHeaders },
      202: {
        description: 'The job, which takes longer than the request could wait.',
        json: video,
        headers: videoHeaders,
      },
    },
    errors: [
      ...errandErrors,
      'invalid_webhook',
      'unsupported_parameter',
      'model_not_found',
      'idempotency_conflict',
      'video_not_found',
    ],
  },
  'GET /v1/videos': {
    tag: 'Videos',
    summary: 'List your videos',
    query: pageQuery(100, 20),
    answers: { 200: { description: 'A page of jobs.', json: videoList } },
    errors: ['invalid_request'],
  },
  'GET /v1/videos/{id}': {
    tag: 'Videos',
    summary: 'Look at a video',
    answers: { 200: { description: 'The job as it is now.', json: video, headers: videoHeaders } },
    errors: unknown,
  },
  'DELETE /v1/videos/{id}': {
    tag: 'Videos',
    summary: 'Delete a video',
    answers: { 200: { description: 'It is gone.', json: deletedVideo } },
    errors: unknown,
  },
  'GET /v1/videos/{id}/content': {
    tag: 'Videos',
    summary: 'Fetch a video',
    description: 'Leads on to where its bytes are.',
    query: { variant: oneOf('video') },
    answers: { 302: { description: 'Where the video is.', headers: locationHeaders } },
    errors: ['unsupported_parameter', 'video_failed', 'video_not_ready', 'video_expired', ...unknown],
  },
  'GET /v1/videos/{id}/events': {
    tag: 'Videos',
    summary: 'Watch a video being made',
    description: 'An event with the whole job now and after each change, until it is over.',
    headers: lastEventId,
    answers: { 200: { description: 'Events.', events: { byName: videoEvents } } },
    errors: unknown,
  },
  'POST /v1/videos/{id}/remix': refused,
  'POST /v1/videos/edits': refused,
  'POST /v1/videos/extensions': refused,
  'POST /v1/videos/characters': refused,
  'GET /v1/videos/characters/{id}': refused,
  'GET /api/tasks/status/{id}': {
    tag: 'Videos',
    summary: 'Look at a video in the native form',
    answers: { 200: { description: 'The task as it is now.', json: videoTask } },
    errors: unknown,
  },
} as const satisfies RouteDocuments;
