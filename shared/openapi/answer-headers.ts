import { type Fields, type JsonSchema, oneOf, text } from './json-schema.ts';

const described = (schema: JsonSchema, description: string): JsonSchema => ({ ...schema, description });

/** Header fields of every answer. */
export const commonAnswerHeaders: Fields = {
  'x-request-id': described(text, 'Names this request in the gateway’s log. `request-id` is the same.'),
  'x-qwen-upstream': described(text, 'The label of the upstream, when it has one.'),
};

/** Header fields of every error. */
export const errorHeaders: Fields = {
  'retry-after': described(text, 'Seconds after which another try makes sense.'),
  'x-should-retry': described(oneOf('true', 'false'), '`false`: repeating the same request cannot help.'),
};

/** Of answers by a model. */
export const modelHeaders: Fields = {
  'x-qwen-model': described(text, 'The upstream’s model that answered.'),
};

/** Of answers by a chat, which may be a video. */
export const chatHeaders: Fields = {
  ...modelHeaders,
  'x-video-id': described(text, 'The video that was ordered, as `/v1/videos` knows it.'),
};

/** Of answers about a video that is being made. */
export const videoHeaders: Fields = {
  'openai-poll-after-ms': described(text, 'Milliseconds after which to ask again.'),
};

/** Of answers that lead elsewhere. */
export const locationHeaders: Fields = { location: described(text, 'Where to go.') };

/** Of answers that are kept for an `Idempotency-Key`. */
export const replayHeaders: Fields = {
  'idempotent-replayed': described(oneOf('true'), 'The answer was given before; nothing was done for it now.'),
};

const limitFacts = ['requests', 'tokens'].flatMap((unit) => [
  ...['limit', 'remaining', 'reset'].map((fact) => `x-ratelimit-${fact}-${unit}`),
  ...['limit', 'remaining', 'reset'].map((fact) => `anthropic-ratelimit-${unit}-${fact}`),
]);

/** Of metered routes, for keys with limits; those of Anthropic's on its own paths. */
export const limitHeaders: Fields = Object.fromEntries(
  limitFacts.map((name) => [
    name,
    described(text, 'The limit that is closest, what is left of it, and when it starts anew.'),
  ]),
);

/** Every header field that answers are documented with. */
export const allHeaders: Fields = {
  ...commonAnswerHeaders,
  ...errorHeaders,
  ...chatHeaders,
  ...videoHeaders,
  ...locationHeaders,
  ...replayHeaders,
  ...limitHeaders,
};
