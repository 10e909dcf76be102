import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTokenCounter } from '../../shared/tokens/open-token-counter.ts';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const model = 'qwen3.7-plus';
const parameters = {
  type: 'object' as const,
  properties: { path: { type: 'string', description: 'Absolute path' }, limit: { type: 'integer' } },
  required: ['path'],
};
const tool = { name: 'read_file', description: 'Reads a file.', input_schema: parameters };
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.each(['start', 'dev'] as const)('counting tokens against npm run %s', (mode) => {
  let gateway: TestGateway;
  let anthropic: Anthropic;
  beforeAll(async () => {
    gateway = await openGateway({ mode });
    anthropic = new Anthropic({ baseURL: gateway.runtime.url, apiKey: gateway.adminKey, maxRetries: 0 });
  });
  afterAll(() => gateway.close());

  const google = (apiVersion: string) =>
    new GoogleGenAI({ apiKey: gateway.adminKey, httpOptions: { baseUrl: gateway.runtime.url, apiVersion } });

  it('gives the tokens of a text to every SDK', async () => {
    const text = 'The quick brown fox jumps over 13 lazy dogs. 你好，世界！';
    const expected = await openTokenCounter().count(text);
    const asked = gateway.simulator.control.requests().length;
    const messages = [{ role: 'user' as const, content: text }];
    expect(await anthropic.messages.countTokens({ model, messages })).toMatchObject({ input_tokens: expected });
    expect(await gateway.openai.responses.inputTokens.count({ model, input: text })).toEqual({
      object: 'response.input_tokens',
      input_tokens: expected,
    });
    for (const version of ['v1', 'v1beta']) {
      const { totalTokens } = await google(version).models.countTokens({ model, contents: text });
      expect(totalTokens).toBe(expected);
    }
    expect(gateway.simulator.control.requests().length).toBe(asked);
  });

  it('counts tools and history as they are really sent', async () => {
    const request: Anthropic.MessageCountTokensParams = {
      model,
      system: 'You are a careful engineer.',
      tools: [tool],
      messages: [
        { role: 'user', content: 'What is in a.txt?' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: tool.name, input: { path: '/a' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'some words' }] },
      ],
    };
    const { input_tokens } = await anthropic.messages.countTokens(request);
    await anthropic.messages.create({ ...request, max_tokens: 1000 });
    const completion = gateway.simulator.control.requests().findLast(({ path }) => path.includes('/completions'));
    const sent: { messages: { content: string }[] } = JSON.parse(JSON.stringify(completion?.body ?? null));
    const content = sent.messages[0]?.content ?? '';
    expect(content).toContain('read_file(');
    expect(content).toContain('some words');
    expect(input_tokens).toBe(await openTokenCounter().count(content));
  });

  it('takes every shape of a request', async () => {
    const count = async (path: string, body: unknown) => {
      const response = await gateway.request('POST', path, body);
      return { status: response.status, ...(await parsed(response)) };
    };
    const contents = [{ role: 'user', parts: [{ text: 'one two three' }] }];
    const plain = await count(`/v1beta/models/${model}:countTokens`, { contents });
    expect(plain).toMatchObject({ status: 200, promptTokensDetails: [{ modality: 'TEXT' }] });
    const wrapped = { generateContentRequest: { model: `models/${model}`, contents } };
    expect(await count(`/v1beta/models/${model}:countTokens`, wrapped)).toEqual(plain);
    const declarations = [{ name: 'f', description: 'Does it.', parametersJsonSchema: parameters }];
    const withTools = await count(`/v1/models/${model}:countTokens`, {
      generateContentRequest: { contents, tools: [{ functionDeclarations: declarations }] },
    });
    expect(withTools.totalTokens).toBeGreaterThan(plain.totalTokens + 50);

    const beta = await count('/v1/messages/count_tokens?beta=true', {
      model: 'no-such-model',
      messages: [{ role: 'user', content: 'one two three' }],
      thinking: { type: 'adaptive' },
      context_management: {},
    });
    expect(beta).toEqual({ status: 200, input_tokens: plain.totalTokens });
    expect(await count('/v1/responses/input_tokens', { instructions: 'Be kind.' })).toMatchObject({ status: 200 });
    expect((await count('/v1/responses/input_tokens', {})).input_tokens).toBeLessThan(150);
  });

  it('takes a picture for a thousand tokens', async () => {
    const text = { type: 'text' as const, text: 'What is this?' };
    const image = {
      type: 'image' as const,
      source: { type: 'base64' as const, media_type: 'image/png' as const, data: picture },
    };
    const bare = await anthropic.messages.countTokens({ model, messages: [{ role: 'user', content: [text] }] });
    const shown = await anthropic.messages.countTokens({ model, messages: [{ role: 'user', content: [image, text] }] });
    expect(shown.input_tokens - bare.input_tokens).toBe(1000);
  });

  it('counts what a response goes on with', async () => {
    const first = await gateway.openai.responses.create({ model, input: 'repeat: some words to be remembered' });
    const alone = await gateway.openai.responses.inputTokens.count({ model, input: 'Again.' });
    const together = await gateway.openai.responses.inputTokens.count({
      model,
      input: 'Again.',
      previous_response_id: first.id,
    });
    expect(together.input_tokens).toBeGreaterThan(alone.input_tokens + 10);
  });

  it.each([
    ['/v1/messages/count_tokens', { model, messages: 'hi' }, 400, { type: 'error' }],
    ['/v1/messages/count_tokens', { model, messages: [] }, 400, { error: { type: 'invalid_request_error' } }],
    ['/v1/messages/count_tokens', undefined, 400, { type: 'error' }],
    ['/v1/responses/input_tokens', { input: 5 }, 400, { error: { param: 'input' } }],
    ['/v1/responses/input_tokens', { previous_response_id: 'resp_gone' }, 404, { error: { type: expect.any(String) } }],
    [`/v1/models/${model}:countTokens`, { contents: 5 }, 400, { error: { status: 'INVALID_ARGUMENT' } }],
    [`/v1/models/${model}:countTokens`, { generateContentRequest: 5 }, 400, { error: { code: 400 } }],
    [`/v1/models/${model}:countTokens`, [], 400, { error: { code: 400 } }],
  ])('answers %s with %j by its own error', async (path, body, status, expected) => {
    const response = await gateway.request('POST', path, body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBe(status);
    expect(await parsed(response)).toMatchObject(expected);
  });

  it('wants a key', async () => {
    const response = await gateway.request('POST', '/v1/messages/count_tokens', {}, {});
    expect([response.status, (await parsed(response)).error.type]).toEqual([401, 'authentication_error']);
  });
});

describe('fifty counts at once', () => {
  it('of 40 kB each are all answered while a chat goes on', async () => {
    const gateway = await openGateway();
    try {
      const anthropic = new Anthropic({ baseURL: gateway.runtime.url, apiKey: gateway.adminKey, maxRetries: 0 });
      const content = (number: number) => `${number}. const value = await readSetting('${number}');\n`.repeat(900);
      const params = (number: number) => ({ model, messages: [{ role: 'user' as const, content: content(number) }] });
      await anthropic.messages.countTokens(params(0));
      const times: number[] = [];
      const timed = async (number: number) => {
        const start = performance.now();
        const { input_tokens } = await anthropic.messages.countTokens(params(number));
        times.push(performance.now() - start);
        return input_tokens;
      };
      const used = process.cpuUsage();
      const [counts] = await Promise.all([
        Promise.all(Array.from({ length: 50 }, (_, number) => timed(number))),
        gateway.openai.chat.completions.create({ model, messages: [{ role: 'user', content: 'count to 5' }] }),
      ]);
      const { user, system } = process.cpuUsage(used);
      for (const [number, count] of counts.entries()) {
        expect(count).toBe(await openTokenCounter().count(content(number)));
      }
      const sorted = times.toSorted((one, other) => one - other);
      const size = Math.round(content(10).length / 1000);
      console.log(
        `50 counts of ${size} kB at once: median ${Math.round(sorted[25] ?? 0)} ms, slowest ${Math.round(sorted[49] ?? 0)} ms, ` +
          `${Math.round((user + system) / 1000)} ms of CPU with the client and the chat`,
      );
    } finally {
      await gateway.close();
    }
  });
});
