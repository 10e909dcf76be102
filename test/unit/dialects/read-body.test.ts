import { describe, expect, it } from 'vitest';
import { InvalidJsonError, InvalidRequestError } from '../../../shared/chat/errors/request-errors.ts';
import { createOpenAiChat } from '../../../shared/dialects/openai-chat/openai-chat.ts';
import { plainContext } from '../../support/request-context.ts';

const dialect = createOpenAiChat({ outputThinking: true, searchInfoMode: 'annotations' });
const messages = [{ role: 'user', content: 'hi' }];

function refusal(body: unknown): InvalidRequestError {
  try {
    dialect.read(body, plainContext);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('was taken');
}

describe('a body that is no object', () => {
  it.each([[null], [undefined], ['text'], [3], [true], [[]], [[{ model: 'm' }]]])('is refused: %j', (body) => {
    const error = refusal(body);
    expect(error).toBeInstanceOf(InvalidJsonError);
    expect(error.status).toBe(400);
  });
});

describe('a wrong field', () => {
  const long = 'x'.repeat(200);
  it.each([
    ['model', { messages }, "'model' is missing: it must be a string."],
    ['model', { model: '', messages }, "'model' must not be empty."],
    ['model', { model: 3, messages }, "'model' must be a string, not 3."],
    ['model', { model: null, messages }, "'model' must be a string, not null."],
    ['messages', { model: 'm' }, "'messages' is missing: it must be an array."],
    ['messages', { model: 'm', messages: [] }, "'messages' must not be empty."],
    ['messages', { model: 'm', messages: 'hi' }, "'messages' must be an array, not 'hi'."],
    ['messages', { model: 'm', messages: long }, "'messages' must be an array, not another string."],
    ['messages[0]', { model: 'm', messages: ['hi'] }, "'messages[0]' must be an object, not 'hi'."],
    [
      'messages[0].content',
      { model: 'm', messages: [{ role: 'user', content: 3 }] },
      "'messages[0].content' must be a string or an array, not 3.",
    ],
    [
      'messages[0].content',
      { model: 'm', messages: [{ role: 'user' }] },
      "'messages[0].content' is missing: it must be a string or an array.",
    ],
    [
      'messages[0].content',
      { model: 'm', messages: [{ role: 'user', content: null }] },
      "'messages[0].content' must be a string or an array, not null.",
    ],
    [
      'messages[0].content',
      { model: 'm', messages: [{ role: 'user', content: [] }] },
      "'messages[0].content' must not be empty.",
    ],
    [
      'messages[1].content[0].text',
      { model: 'm', messages: [...messages, { role: 'user', content: [{ type: 'text', text: {} }] }] },
      "'messages[1].content[0].text' must be a string, not an object.",
    ],
    [
      'messages[0].content[0].image_url.url',
      { model: 'm', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 1 } }] }] },
      "'messages[0].content[0].image_url.url' must be a string, not 1.",
    ],
    [
      'messages[0].tool_call_id',
      { model: 'm', messages: [{ role: 'tool', content: 'x' }] },
      "'messages[0].tool_call_id' is missing: it must be a string.",
    ],
    ['stream', { model: 'm', messages, stream: 'yes' }, "'stream' must be true or false, not 'yes'."],
    ['n', { model: 'm', messages, n: 0 }, "'n' must be at least 1."],
    ['n', { model: 'm', messages, n: 1.5 }, "'n' must be a whole number, not 1.5."],
    ['max_tokens', { model: 'm', messages, max_tokens: -1 }, "'max_tokens' must be at least 1."],
    ['max_tokens', { model: 'm', messages, max_tokens: '5' }, "'max_tokens' must be a number, not '5'."],
    ['stop', { model: 'm', messages, stop: 3 }, "'stop' must be a string or an array, not 3."],
    ['stop[1]', { model: 'm', messages, stop: ['a', 3] }, "'stop[1]' must be a string, not 3."],
    [
      'stream_options.include_usage',
      { model: 'm', messages, stream_options: { include_usage: 1 } },
      "'stream_options.include_usage' must be true or false, not 1.",
    ],
    [
      'response_format.type',
      { model: 'm', messages, response_format: { type: 'yaml' } },
      "'response_format.type' must be one of 'text', 'json_object', 'json_schema', not 'yaml'.",
    ],
    [
      'response_format.json_schema',
      { model: 'm', messages, response_format: { type: 'json_schema' } },
      "'response_format.json_schema' is missing: it must be an object.",
    ],
  ])('%s is named and explained', (param, body, message) => {
    const error = refusal(body);
    expect({ param: error.param, message: error.message, code: error.code, status: error.status }).toEqual({
      param,
      message,
      code: 'invalid_request',
      status: 400,
    });
  });

  it('names the roles and the kinds of parts that there are', () => {
    expect(refusal({ model: 'm', messages: [{ role: 'wizard', content: 'x' }] })).toMatchObject({
      param: 'messages[0].role',
      message: expect.stringContaining("'system', 'developer', 'user', 'assistant', 'tool', 'function', not 'wizard'"),
    });
    const content = [{ type: 'hologram' }];
    expect(refusal({ model: 'm', messages: [{ role: 'user', content }] })).toMatchObject({
      param: 'messages[0].content[0].type',
      message: expect.stringContaining("'text', 'image_url'"),
    });
  });

  it('may hold at most 16 stop sequences', () => {
    const stop = Array.from({ length: 17 }, (_, index) => `stop ${index}`);
    expect(refusal({ model: 'm', messages, stop })).toMatchObject({
      param: 'stop',
      message: "'stop' may hold at most 16 entries.",
    });
    expect(
      dialect.read({ model: 'm', messages, stop: stop.slice(1) }, plainContext).request.limits.stopSequences,
    ).toHaveLength(16);
  });
});
