import { count, type Fields, flag, isoTime, listOf, named, object, oneOf, only, orNull, text } from '../json-schema.ts';
import { pageOf } from './lists.ts';

const day = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };

const numbers: Fields = {
  requests: count,
  errors: count,
  aborted: count,
  prompt_tokens: count,
  completion_tokens: count,
  reasoning_tokens: count,
  total_tokens: count,
  tokens_by_source: object({ upstream: count, tokenizer: count, estimate: count }),
  images: count,
  video_seconds: { type: 'number', minimum: 0 },
};

const place: Fields = { day, model: text, key: text, key_name: orNull(text), account: orNull(text) };

/** What was used, summed up by what was asked for. */
export const usageReport = named(
  'UsageReport',
  object({
    object: only('usage'),
    from: day,
    to: day,
    time_zone: text,
    group_by: listOf(oneOf('day', 'model', 'key', 'account')),
    data: listOf(object(numbers, place)),
    totals: object(numbers),
  }),
);

const fields: Fields = {
  object: only('request'),
  id: text,
  request_id: text,
  created_at: isoTime,
  key: text,
  key_name: orNull(text),
  kind: oneOf('chat', 'image', 'video'),
  path: text,
  dialect: text,
  model: text,
  target: orNull(text),
  account: orNull(text),
  status: count,
  error_code: orNull(text),
  stream: flag,
  milliseconds: count,
  first_token_milliseconds: orNull(count),
  finish_reason: orNull(text),
  aborted: flag,
  prompt_tokens: count,
  completion_tokens: count,
  reasoning_tokens: orNull(count),
  token_source: oneOf('upstream', 'tokenizer', 'estimate', 'none'),
  images: count,
  video_seconds: { type: 'number', minimum: 0 },
  has_content: flag,
};

export const requestList = pageOf('RequestList', named('LoggedRequest', object(fields)));

/** One request with what was said in it, where that was recorded. */
export const requestDetail = named(
  'LoggedRequestDetail',
  object({ ...fields, content: orNull(object({ request: text, answer: text })) }),
);
