import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';

/** The main job, by the official client, in both local modes. */
describe.each(['start', 'dev'] as const)('the openai package against npm run %s', (mode) => {
  let gateway: TestGateway;
  let openai: OpenAI;
  const user = (content: string) => [{ role: 'user' as const, content }];
  const model = 'qwen3.7-plus';

  beforeAll(async () => {
    gateway = await openGateway({ mode });
    openai = gateway.openai;
  });
  afterAll(() => gateway.close());

  it('streams an answer in chunks of one id', async () => {
    const stream = await openai.chat.completions.create({ model, messages: user('count to 5'), stream: true });
    const chunks = await Array.fromAsync(stream);
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(text.match(/\d+/g)).toEqual(['1', '2', '3', '4', '5']);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean)).toEqual(['stop']);
    expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
  });

  it('gives the whole answer with the upstream’s usage', async () => {
    const completion = await openai.chat.completions.create({ model, messages: user('repeat: all good') });
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { role: 'assistant', content: 'all good', refusal: null },
    });
    expect(completion.model).toBe(model);
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('satisfies the accumulator, with usage at the end when asked for', async () => {
    const stream = openai.chat.completions.stream({
      model,
      messages: user('repeat: gathered'),
      stream_options: { include_usage: true },
    });
    const whole = await stream.finalChatCompletion();
    expect(whole.choices[0]?.message.content).toBe('gathered');
    expect(whole.usage?.prompt_tokens).toBeGreaterThan(0);
  });

  it('passes thinking on as reasoning_content', async () => {
    const { choices } = await openai.chat.completions.create({
      model: `${model}-thinking`,
      messages: user('repeat: 42'),
    });
    expect(choices[0]?.message.content).toBe('42');
    expect(choices[0]?.message).toHaveProperty('reasoning_content');
  });

  it('gives search sources as url_citation annotations', async () => {
    const { choices } = await openai.chat.completions.create({ model: `${model}-search`, messages: user('news?') });
    const { annotations = [], content } = choices[0]?.message ?? {};
    expect(annotations?.length).toBeGreaterThan(0);
    for (const annotation of annotations ?? []) {
      const { start_index, end_index, url } = annotation.url_citation;
      expect(content?.slice(start_index, end_index)).toMatch(/^\[\[\d+\]\]$/);
      expect(url).toMatch(/^https:/);
    }
  });

  it('gives bare JSON where JSON was asked for', async () => {
    const completion = await openai.chat.completions.create({
      model,
      messages: user('Give me a JSON object'),
      response_format: { type: 'json_object' },
    });
    expect(JSON.parse(completion.choices[0]?.message.content ?? '')).toBeTypeOf('object');
  });

  it('enforces max_tokens and stop', async () => {
    const cut = await openai.chat.completions.create({ model, messages: user('count to 200'), max_tokens: 10 });
    expect(cut.choices[0]?.finish_reason).toBe('length');
    const stopped = await openai.chat.completions.create({ model, messages: user('count to 200'), stop: ['7'] });
    expect(stopped.choices[0]).toMatchObject({ finish_reason: 'stop' });
    expect(stopped.choices[0]?.message.content).toContain('6');
    expect(stopped.choices[0]?.message.content).not.toContain('7');
  });

  it('folds a conversation into what the upstream sees, in order', async () => {
    const before = gateway.simulator.control.requests().length;
    await openai.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: 'SYSTEM-PART' },
        { role: 'user', content: 'FIRST-PART' },
        { role: 'assistant', content: 'SECOND-PART' },
        { role: 'user', content: 'THIRD-PART' },
      ],
    });
    const bodies = gateway.simulator.control
      .requests()
      .slice(before)
      .map(({ body }) => JSON.stringify(body ?? null));
    const seen = bodies.find((body) => body.includes('FIRST-PART')) ?? '';
    expect(seen.match(/(SYSTEM|FIRST|SECOND|THIRD)-PART/g)).toEqual([
      'SYSTEM-PART',
      'FIRST-PART',
      'SECOND-PART',
      'THIRD-PART',
    ]);
  });

  it('lists and retrieves models by every name', async () => {
    const models = await Array.fromAsync(openai.models.list());
    const ids = models.map(({ id }) => id);
    expect(ids).toContain('Qwen3.7-Plus');
    expect(ids).toContain('Qwen3.7-Plus-thinking-search');
    for (const name of ['qwen3.7-plus', 'Qwen3.7-Plus', 'QWEN3.7-PLUS-SEARCH-THINKING']) {
      expect((await openai.models.retrieve(name)).object).toBe('model');
    }
  });

  it('raises the SDK’s own error classes', async () => {
    const anonymous = new OpenAI({ baseURL: `${gateway.runtime.url}/v1`, apiKey: 'sk-wrong', maxRetries: 0 });
    await expect(anonymous.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    const unknown = openai.chat.completions.create({ model: 'gpt-nope', messages: user('hi') });
    await expect(unknown).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    const many = openai.chat.completions.create({ model, messages: user('hi'), n: 2 });
    await expect(many).rejects.toMatchObject({ status: 400, param: 'n', code: 'unsupported_parameter' });
  });

  it('tells a request id that the log knows', async () => {
    const { request_id, response } = await openai.chat.completions
      .create({ model, messages: user('hi') })
      .withResponse();
    expect(request_id).toBe(response.headers.get('x-request-id'));
    expect(gateway.lines.some((line) => line.includes(`${request_id}`))).toBe(true);
  });
});
