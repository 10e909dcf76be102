import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, parsed, type TestGateway } from '../support/gateway.ts';

/** One path for three protocols, by the official clients, in both local modes. */
describe.each(['start', 'dev'] as const)('the list of models against npm run %s', (mode) => {
  let gateway: TestGateway;
  let url: string;
  const google = (apiVersion?: string) =>
    new GoogleGenAI({ apiKey: gateway.adminKey, httpOptions: { baseUrl: url, ...(apiVersion && { apiVersion }) } });

  beforeAll(async () => {
    gateway = await openGateway({ mode });
    url = gateway.runtime.url;
  });
  afterAll(() => gateway.close());

  it('is OpenAI’s for the openai package', async () => {
    const models = await Array.fromAsync(gateway.openai.models.list());
    expect(models.map(({ id }) => id)).toContain('Qwen3.7-Plus');
    expect(models.some(({ id }) => id.includes('claude'))).toBe(false);
    expect((await gateway.openai.models.retrieve('qwen3.7-plus')).object).toBe('model');
  });

  it('is Anthropic’s for the Anthropic SDK, page by page', async () => {
    const anthropic = new Anthropic({ baseURL: url, apiKey: gateway.adminKey, maxRetries: 0 });
    const models = await Array.fromAsync(anthropic.models.list({ limit: 5 }));
    const ids = models.map(({ id }) => id);
    expect(ids).toContain('qwen3.7-plus');
    expect(ids).toContain('claude-qwen3.7-plus');
    expect(new Set(ids).size).toBe(ids.length);
    const whole = await anthropic.models.list({ limit: 1000 });
    expect(whole.data.map(({ id }) => id)).toEqual(ids);
    const one = await anthropic.models.retrieve('claude-qwen3.7-plus');
    expect(one).toMatchObject({ type: 'model', id: 'qwen3.7-plus', display_name: 'Qwen3.7-Plus' });
    expect(Date.parse(one.created_at)).not.toBeNaN();
    expect(one.max_input_tokens).toBeGreaterThan(1000);
  });

  it.each([undefined, 'v1beta'])('is Google’s for the Google SDK at version %s', async (version) => {
    const pager = await google(version).models.list({ config: { pageSize: 4 } });
    const names: (string | undefined)[] = [];
    for await (const { name } of pager) names.push(name);
    expect(names).toContain('models/qwen3.7-plus');
    expect(new Set(names).size).toBe(names.length);
    const one = await google(version).models.get({ model: 'qwen3.7-plus' });
    expect(one).toMatchObject({ name: 'models/qwen3.7-plus', displayName: 'Qwen3.7-Plus' });
    expect(one.inputTokenLimit).toBeGreaterThan(1000);
    expect(one.supportedActions ?? []).toContain('countTokens');
  });

  it('is Google’s for a key in the query', async () => {
    const response = await fetch(`${url}/v1/models?key=${gateway.adminKey}`);
    expect(response.status).toBe(200);
    expect((await parsed(response)).models[0].name).toMatch(/^models\//);
  });

  it('raises each SDK’s own error for an unknown model and a wrong key', async () => {
    const anthropic = (apiKey: string) => new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });
    await expect(gateway.openai.models.retrieve('gpt-nope')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(anthropic(gateway.adminKey).models.retrieve('gpt-nope')).rejects.toBeInstanceOf(
      Anthropic.NotFoundError,
    );
    await expect(anthropic('sk-wrong').models.list()).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
    await expect(google().models.get({ model: 'gpt-nope' })).rejects.toMatchObject({ name: 'ApiError', status: 404 });
    const wrong = new GoogleGenAI({ apiKey: 'sk-wrong', httpOptions: { baseUrl: url } });
    await expect(wrong.models.list()).rejects.toMatchObject({ name: 'ApiError', status: 401 });
  });

  it.each([
    ['/v1/models/gpt-nope', 404],
    ['/v1/nothing', 404],
    ['/v1/models?limit=0', 400],
  ])('answers %s in the client’s dialect', async (path, status) => {
    const key = gateway.adminKey;
    const asAnthropic = await gateway.request('GET', path, undefined, {
      'x-api-key': key,
      'anthropic-version': '2026-10-21',
    });
    expect(asAnthropic.status).toBe(status);
    expect(await parsed(asAnthropic)).toMatchObject({ type: 'error', error: { type: expect.any(String) } });
    if (status === 400) return;
    const asGoogle = await gateway.request('GET', path, undefined, { 'x-goog-api-key': key });
    expect(await parsed(asGoogle)).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
    const asOpenAi = await gateway.request('GET', path);
    expect(await parsed(asOpenAi)).toMatchObject({ error: { type: 'not_found_error', code: expect.any(String) } });
  });

  it('says hello to anybody, with a wrong key too', async () => {
    for (const headers of [{}, { 'x-api-key': 'sk-wrong' }]) {
      const head = await gateway.request('HEAD', '/api/hello', undefined, headers);
      expect([head.status, await head.text()]).toEqual([200, '']);
      const get = await gateway.request('GET', '/api/hello', undefined, headers);
      expect([get.status, await parsed(get)]).toEqual([200, { message: 'hello' }]);
    }
    expect((await gateway.request('POST', '/api/hello', {}, {})).status).toBe(405);
  });
});
