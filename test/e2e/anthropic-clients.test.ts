import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claudeCodeRequest } from '../support/claude-code-request.ts';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const model = 'qwen3.7-plus';
const ask = (content: string) => ({ model, max_tokens: 1000, messages: [{ role: 'user' as const, content }] });

const textOf = ({ content }: Anthropic.Message) =>
  content.map((block) => (block.type === 'text' ? block.text : `(${block.type})`)).join('');

describe('a client of the messages', () => {
  let gateway: TestGateway;
  let anthropic: Anthropic;

  beforeAll(async () => {
    gateway = await openGateway();
    anthropic = new Anthropic({ baseURL: gateway.runtime.url, apiKey: gateway.adminKey, maxRetries: 0 });
  });
  afterAll(() => gateway.close());

  it.each([
    ['authorization', 'Bearer ', '2026-10-21'],
    ['x-api-key', '', '2023-06-01'],
    ['x-api-key', '', '2031-01-01'],
  ])('may show its key in %s (%s) and be of any version', async (header, prefix, version) => {
    const headers = { [header]: `${prefix}${gateway.adminKey}`, 'anthropic-version': version, 'anthropic-beta': 'a,b' };
    const response = await gateway.request('POST', '/v1/messages?beta=true', ask('repeat: fine'), headers);
    expect(response.status).toBe(200);
    expect((await parsed(response)).content).toEqual([{ type: 'text', text: 'fine' }]);
  });

  it('gets Anthropic’s errors, which say that repeating is of no use', async () => {
    for (const [body, status, type] of [
      ['{"model":', 400, 'invalid_request_error'],
      [{ ...ask('hi'), model: 'nope' }, 404, 'not_found_error'],
      [{ ...ask('hi'), messages: 'hi' }, 400, 'invalid_request_error'],
    ] as const) {
      const response = await gateway.request('POST', '/v1/messages', body);
      expect(response.status).toBe(status);
      expect(response.headers.get('x-should-retry')).toBe('false');
      expect(await parsed(response)).toMatchObject({
        type: 'error',
        error: { type, message: expect.stringMatching(/\w{3}/) },
        request_id: response.headers.get('x-request-id'),
      });
    }
    const anonymous = await gateway.request('POST', '/v1/messages', ask('hi'), {});
    expect(anonymous.status).toBe(401);
    expect((await parsed(anonymous)).error.type).toBe('authentication_error');
  });

  it('learns in the agents’ words that a conversation is too long', async () => {
    const error = await anthropic.messages
      .create({ ...ask('word '.repeat(230_000)), model: 'qwen3.5-omni-plus' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    const body = Reflect.get(Object(error), 'error');
    expect(body.error.type).toBe('invalid_request_error');
    const [, tokens, maximum] = /^prompt is too long: (\d+) tokens > (\d+) maximum$/.exec(body.error.message) ?? [];
    expect(Number(tokens)).toBeGreaterThan(Number(maximum));
    expect(Number(maximum)).toBeGreaterThan(10_000);
  });

  it('may put instructions anywhere', async () => {
    const before = gateway.simulator.control.requests().length;
    await anthropic.messages.create({
      model,
      max_tokens: 100,
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: BILLING-PART' },
        { type: 'text', text: 'SYSTEM-PART', cache_control: { type: 'ephemeral' } },
      ],
      messages: [
        { role: 'user', content: 'FIRST-PART' },
        { role: 'assistant', content: [{ type: 'text', text: 'SECOND-PART' }] },
        { role: 'user', content: [{ type: 'text', text: 'THIRD-PART' }] },
        { role: 'system', content: 'FOURTH-PART' },
      ],
    });
    const bodies = gateway.simulator.control.requests().slice(before);
    const seen = bodies.map(({ body }) => JSON.stringify(body ?? null)).find((body) => body.includes('FIRST')) ?? '';
    expect(seen.match(/[A-Z]+-PART/g)).toEqual(
      ['SYSTEM', 'FIRST', 'SECOND', 'THIRD', 'FOURTH'].map((n) => `${n}-PART`),
    );
  });

  it('may be Claude Code, streaming or repeating the same body whole', async () => {
    const { output_config: _format, ...body } = claudeCodeRequest();
    const streamed = await gateway.request('POST', '/v1/messages?beta=true', body);
    expect(streamed.status).toBe(200);
    expect(streamed.headers.get('content-type')).toContain('text/event-stream');
    const text = await streamed.text();
    expect(text).toMatch(/^event: message_start\n/);
    expect(text).toContain('"thinking":"","signature":""');
    expect(text).not.toContain('thinking_delta');
    expect(text).toMatch(/event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/);
    const whole = await parsed(await gateway.request('POST', '/v1/messages?beta=true', { ...body, stream: false }));
    expect(whole.content.at(-1)).toEqual({ type: 'text', text: 'ready' });
  });

  it('gets bare JSON where JSON was asked for, streamed and whole', async () => {
    const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] };
    const request = {
      ...ask('Give me a title as JSON'),
      output_config: { format: { type: 'json_schema', schema } },
    } satisfies Anthropic.MessageCreateParamsNonStreaming;
    const answers = [await anthropic.messages.create(request), await anthropic.messages.stream(request).finalMessage()];
    for (const answer of answers) expect(JSON.parse(textOf(answer))).toEqual({ title: expect.any(String) });
  });

  it('gets citations of a search', async () => {
    const message = await anthropic.messages.create({
      ...ask('news?'),
      tools: [{ type: 'web_search_20250305', name: 'web_search' }],
    });
    const [block] = message.content;
    expect(block?.type === 'text' && block.citations?.length).toBeGreaterThan(0);
  });

  it('may show a picture that the upstream holds', async () => {
    const message = await anthropic.messages.create({
      model,
      max_tokens: 500,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'url', url: 'https://cdn.qwenlm.ai/picture.png' } },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ],
    });
    expect(textOf(message)).toContain('With it came');
  });

  it('may leave in the middle', async () => {
    const stream = anthropic.messages.stream({ ...ask('count to 100000'), max_tokens: 60_000 });
    stream.on('text', () => stream.abort());
    await expect(stream.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
    expect(textOf(await anthropic.messages.create(ask('repeat: still here')))).toBe('still here');
  });

  it('hears of a stream that breaks, and gets no message', async () => {
    gateway.simulator.control.fault({ fault: 'cut-after', after: 40 });
    const stream = anthropic.messages.stream(ask('count to 60'));
    const error = await stream.finalMessage().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(JSON.stringify(Reflect.get(Object(error), 'error'))).toContain('api_error');
    expect(stream.receivedMessages).toEqual([]);
    gateway.simulator.control.heal();
  });
});
