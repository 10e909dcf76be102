import { request } from 'node:http';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const model = 'qwen3.7-plus';
const weather = {
  type: 'function' as const,
  name: 'get_weather',
  description: 'Tells the weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  strict: false,
};
const callOf = (name: string, args: object | string) =>
  `[tool_call]${JSON.stringify({ name, arguments: args })}[/tool_call]`;

/** The Responses API, by the official client, in both local modes. */
describe.each(['start', 'dev'] as const)('the openai package against npm run %s', (mode) => {
  let gateway: TestGateway;
  let openai: OpenAI;

  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { API_KEYS: 'sk-test-second-key-0123456789' } });
    openai = gateway.openai;
  });
  afterAll(() => gateway.close());

  it('gives a whole answer with the upstream’s usage, and gives it again', async () => {
    const response = await openai.responses.create({ model, input: 'repeat: all good' });
    expect(response).toMatchObject({ status: 'completed', output_text: 'all good', model, store: true });
    expect(response.usage?.total_tokens).toBeGreaterThan(0);
    const { output_text, ...again } = await openai.responses.retrieve(response.id);
    expect(output_text).toBe('all good');
    expect({ ...again, output_text }).toEqual({ ...response, _request_id: undefined });
  });

  it('streams an answer that adds up to the stored one', async () => {
    const stream = openai.responses.stream({ model: `${model}-thinking`, input: 'count to 5' });
    const types = new Set<string>();
    stream.on('event', ({ type }) => types.add(type));
    const final = await stream.finalResponse();
    expect(types).toContain('response.output_text.delta');
    expect(types).toContain('response.reasoning_summary_text.delta');
    expect(final.output.map(({ type }) => type)).toEqual(['reasoning', 'message']);
    const again = await openai.responses.retrieve(final.id);
    expect(again.output_text.match(/\d+/g)).toEqual(['1', '2', '3', '4', '5']);
    expect(final.output_text).toBe(again.output_text);
    expect(again.usage).toEqual(final.usage);
  });

  it('goes on over three turns by the id of the one before', async () => {
    const first = await openai.responses.create({ model, input: 'My cat is named Minka.' });
    const second = await openai.responses.create({ model, input: 'repeat: yes', previous_response_id: first.id });
    const third = await openai.responses.create({ model, input: 'repeat: done', previous_response_id: second.id });
    expect(third.previous_response_id).toBe(second.id);
    const items = await Array.fromAsync(openai.responses.inputItems.list(third.id, { order: 'asc', limit: 2 }));
    expect(items.map((item) => ('role' in item ? item.role : ''))).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
    expect(JSON.stringify(items[0])).toContain('Minka');
    expect(JSON.stringify(gateway.simulator.control.requests())).toContain('Minka');
  });

  it('finds referred items again', async () => {
    const first = await openai.responses.create({ model, input: 'repeat: Minka' });
    const [said] = first.output;
    const second = await openai.responses.create({
      model,
      input: [
        { type: 'item_reference', id: said?.id ?? '' },
        { role: 'user', content: 'repeat: it is there' },
      ],
    });
    expect(second.output_text).toBe('it is there');
    const items = await Array.fromAsync(openai.responses.inputItems.list(second.id, { order: 'asc' }));
    expect(items[0]).toEqual(said);
  });

  it('calls a function, whole and streamed, and goes on with its result', async () => {
    gateway.simulator.control.script({ text: callOf('get_weather', { city: 'Paris' }), times: 2 });
    const input = 'Weather in Paris?';
    const response = await openai.responses.create({ model, input, tools: [weather] });
    const called = response.output.find(({ type }) => type === 'function_call');
    expect(called).toMatchObject({ name: 'get_weather', status: 'completed' });
    if (called?.type !== 'function_call') throw new Error('no call');
    expect(JSON.parse(called.arguments)).toEqual({ city: 'Paris' });

    const stream = await openai.responses.stream({ model, input, tools: [weather] }).finalResponse();
    expect(stream.output.find(({ type }) => type === 'function_call')).toMatchObject({ name: 'get_weather' });

    const next = await openai.responses.create({
      model,
      previous_response_id: response.id,
      tools: [weather],
      input: [{ type: 'function_call_output', call_id: called.call_id, output: 'repeat: rain' }],
    });
    expect(next.status).toBe('completed');
    expect(next.output_text).not.toBe('');
  });

  it('calls a custom tool with free text', async () => {
    gateway.simulator.control.script({ text: callOf('exec', 'text("hi")') });
    const tools = [{ type: 'custom' as const, name: 'exec', description: 'Runs JavaScript.' }];
    const { output } = await openai.responses.create({ model, input: 'Run it.', tools });
    expect(output).toMatchObject([{ type: 'custom_tool_call', name: 'exec', input: 'text("hi")' }]);
  });

  it('parses structured output', async () => {
    gateway.simulator.control.script({ text: 'Here:\n```json\n{"city":"Paris"}\n```' });
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    };
    const format = { type: 'json_schema' as const, name: 'place', schema, strict: true };
    const response = await openai.responses.parse({ model, input: 'Which city?', text: { format } });
    expect(JSON.parse(response.output_text)).toEqual({ city: 'Paris' });
  });

  it('cites what a search found', async () => {
    const { output } = await openai.responses.create({ model, input: 'news?', tools: [{ type: 'web_search' }] });
    const message = output.find(({ type }) => type === 'message');
    const [part] = message?.type === 'message' ? message.content : [];
    expect(part?.type === 'output_text' ? part.annotations : []).toContainEqual(
      expect.objectContaining({ type: 'url_citation', url: expect.stringMatching(/^https:/) }),
    );
  });

  it('forgets what it was told to forget, and never kept what it was told not to keep', async () => {
    const kept = await openai.responses.create({ model, input: 'repeat: a' });
    await openai.responses.delete(kept.id);
    await expect(openai.responses.retrieve(kept.id)).rejects.toMatchObject({ status: 404, code: 'response_not_found' });
    const unkept = await openai.responses.create({ model, input: 'repeat: a', store: false });
    await expect(openai.responses.retrieve(unkept.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(openai.responses.create({ model, input: 'x', previous_response_id: unkept.id })).rejects.toMatchObject(
      { status: 404, param: 'previous_response_id', code: 'previous_response_not_found' },
    );
  });

  it('shows nobody another key’s responses', async () => {
    const mine = await openai.responses.create({ model, input: 'repeat: a' });
    const other = new OpenAI({ baseURL: openai.baseURL, apiKey: 'sk-test-second-key-0123456789', maxRetries: 0 });
    for (const attempt of [
      () => other.responses.retrieve(mine.id),
      () => other.responses.delete(mine.id),
      () => other.responses.cancel(mine.id),
      () => Array.fromAsync(other.responses.inputItems.list(mine.id)),
      () => other.responses.create({ model, input: 'x', previous_response_id: mine.id }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ status: 404 });
    }
    expect((await openai.responses.retrieve(mine.id)).id).toBe(mine.id);
  });

  it('refuses what it must in OpenAI’s words', async () => {
    const nobody = new OpenAI({ baseURL: openai.baseURL, apiKey: 'sk-wrong', maxRetries: 0 });
    await expect(nobody.responses.create({ model, input: 'x' })).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(openai.responses.create({ model: 'no-such-model', input: 'x', stream: true })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
    const kept = await openai.responses.create({ model, input: 'repeat: a' });
    await expect(openai.responses.cancel(kept.id)).rejects.toMatchObject({ status: 400 });
    await expect(Array.fromAsync(openai.responses.inputItems.list(kept.id, { after: 'msg_x' }))).rejects.toMatchObject({
      status: 400,
      param: 'after',
    });
  });

  it('stops the upstream when its caller leaves', async () => {
    gateway.simulator.control.script({ bulk: { chunks: 300, chunkText: 'word ', delayMs: 5 } });
    const controller = new AbortController();
    const stream = await openai.responses.create(
      { model, input: 'go on', stream: true },
      { signal: controller.signal },
    );
    for await (const { type } of stream) {
      if (type === 'response.output_text.delta') controller.abort();
    }
    const response = await openai.responses.create({ model, input: 'repeat: next' });
    expect(response.output_text).toBe('next');
  });

  it('answers a WebSocket upgrade with 426, and a plain GET with 405', async () => {
    const headers = {
      authorization: `Bearer ${gateway.adminKey}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    };
    expect(await rawStatus(gateway.runtime.url, headers)).toBe(426);
    const plain = await gateway.request('GET', '/v1/responses');
    expect(plain.status).toBe(405);
    expect((await parsed(plain)).error.code).toBe('method_not_allowed');
  });
});

/** The status that a request over a socket of its own gets; fetch lets nobody set these headers. */
async function rawStatus(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const call = request(`${url}/v1/responses`, { headers }, (response) => {
    response.resume().once('end', () => resolve(response.statusCode));
  });
  call.once('upgrade', () => reject(new Error('it was upgraded')));
  call.once('error', reject).end();
  return promise;
}
