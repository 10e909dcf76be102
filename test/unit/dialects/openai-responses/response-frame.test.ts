import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../../shared/chat/errors/gateway-error.ts';
import { ContextTooLongError } from '../../../../shared/chat/errors/request-errors.ts';
import { responseOfItem } from '../../../../shared/dialects/openai-responses/item-id.ts';
import { end, eventsIn, identity, read, responseId, streamed, text } from './responses-fixture.ts';

const whole = (body: object, reason: 'stop' | 'length' | 'content-filter' = 'stop') => {
  const writer = read(body).wholeWriter(identity);
  writer.write([text('a'), end(reason)]);
  return writer.body();
};

describe('the fields of a response', () => {
  it('are OpenAI’s defaults when the request says nothing', () => {
    const { output: _output, usage: _usage, completed_at: completedAt, ...fields } = whole({});
    expect(fields).toEqual({
      id: responseId,
      object: 'response',
      created_at: identity.createdAt,
      model: 'qwen3-max',
      status: 'completed',
      error: null,
      incomplete_details: null,
      background: false,
      instructions: null,
      max_output_tokens: null,
      metadata: {},
      parallel_tool_calls: true,
      previous_response_id: null,
      prompt_cache_key: null,
      reasoning: { effort: null, summary: null },
      safety_identifier: null,
      service_tier: 'default',
      store: true,
      temperature: null,
      text: { format: { type: 'text' } },
      tool_choice: 'auto',
      tools: [],
      top_p: null,
      truncation: 'disabled',
      user: null,
    });
    const now = Date.now() / 1000;
    expect(Number(completedAt)).toBeGreaterThan(now - 3600);
    expect(Number(completedAt)).toBeLessThanOrEqual(now);
  });

  it('are what the request says', () => {
    expect(whole({ background: true })).toMatchObject({ background: true, store: true });
    const said = {
      instructions: 'Be kind.',
      max_output_tokens: 50,
      metadata: { a: 'b' },
      parallel_tool_calls: false,
      prompt_cache_key: 'key',
      reasoning: { effort: 'low', summary: 'auto' },
      safety_identifier: 'somebody',
      service_tier: 'auto',
      store: false,
      temperature: 0.5,
      text: { format: { type: 'json_object' } },
      tool_choice: 'none',
      tools: [{ type: 'function', name: 'f', parameters: { type: 'object' } }],
      top_p: 0.25,
      truncation: 'auto',
      user: 'me',
    };
    expect(whole(said)).toMatchObject(said);
  });

  it.each([
    ['length', 'max_output_tokens'],
    ['content-filter', 'content_filter'],
  ] as const)('tell of an end by %s, which is no completion', (reason, told) => {
    const { status, incomplete_details: details, completed_at: completedAt } = whole({}, reason);
    expect([status, details, completedAt]).toEqual(['incomplete', { reason: told }, null]);
  });

  it('say in both first events that nothing is done yet', () => {
    const begun = eventsIn(streamed(read({}), [[text('a'), end()]])).slice(0, 2);
    for (const event of begun) {
      expect(event.response).toMatchObject({ status: 'in_progress', output: [], usage: null, completed_at: null });
    }
  });

  it('say of one that waits that it is queued', () => {
    expect(read({ background: true }).queued(identity)).toMatchObject({ status: 'queued', output: [], usage: null });
  });

  it('leave the stream to those who ask for it', () => {
    expect([{}, { stream: null }, { stream: false }, { stream: true }].map((body) => read(body).stream)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('a failed response', () => {
  class Refused extends GatewayError {
    override readonly type = 'api_error';
    override readonly code = 'refused';
    override readonly shouldRetry: boolean | undefined;
    override readonly status: number;
    constructor(status: number, shouldRetry: boolean | undefined) {
      super('No.');
      this.status = status;
      this.shouldRetry = shouldRetry;
    }
  }

  it.each([
    [400, false, 'invalid_prompt'],
    [499, false, 'invalid_prompt'],
    [500, false, 'server_error'],
    [503, false, 'server_error'],
    [400, undefined, 'server_error'],
    [429, true, 'server_error'],
  ])('with status %i, retry %s is told as %s', (status, shouldRetry, code) => {
    const told = eventsIn(streamed(read({}), [[text('a')]], new Refused(status, shouldRetry))).at(-1);
    expect(told).toMatchObject({ response: { error: { code, message: 'No.' } } });
  });

  it('is told by the names that agents act upon', () => {
    const error = new ContextTooLongError({ tokens: 10, limit: 5 });
    const told = eventsIn(streamed(read({}), [], error)).at(-1);
    expect(told).toMatchObject({ response: { error: { code: 'context_length_exceeded', message: error.message } } });
  });
});

describe('the response that an item belongs to', () => {
  const key = '0123456789abcdef0123456789abcdef';

  it.each([`msg_${key}_0`, `fc_${key}_12`, `item_${key}_in3`])('is told by %s', (id) => {
    expect(responseOfItem(id)).toBe(`resp_${key}`);
  });

  it.each([
    '',
    `_${key}_0`,
    `MSG_${key}_0`,
    `x msg_${key}_0`,
    `msg_${key}_0x`,
    `msg_${key}_`,
    `msg_${key.slice(1)}_0`,
    `msg_${key.slice(1)}g_0`,
    `msg_${key}_out3`,
  ])('is not told by %j', (id) => {
    expect(responseOfItem(id)).toBeUndefined();
  });
});
