import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const userKey = 'sk-test-user-key-0123456789';
const aliases = [
  { pattern: 'gpt-5-mini', model: 'qwen3.7-plus-thinking' },
  { pattern: 'gpt-*', model: 'Qwen3.7-Max' },
];

describe.each(['start', 'dev'] as const)('aliases of models against npm run %s', (mode) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { API_KEYS: userKey, MODEL_ALIASES: 'o3 = qwen3.7-plus' } });
  });
  afterAll(() => gateway.close());

  const call = async (method: string, body?: unknown, key = gateway.adminKey) => {
    const response = await gateway.request(method, '/admin/model-aliases', body, { authorization: `Bearer ${key}` });
    return { status: response.status, body: await parsed(response) };
  };
  /** The status of a chat with a model of this name, and the model that answered it. */
  const chat = async (model: string) => {
    const response = await gateway.request('POST', '/v1/chat/completions', ask('repeat: hi', { model }));
    const body = await parsed(response);
    return { status: response.status, served: response.headers.get('x-qwen-model'), named: body.model };
  };

  it('are those of the setting until there are others', async () => {
    expect(await call('GET')).toMatchObject({
      status: 200,
      body: { object: 'model.aliases', source: 'setting', aliases: [{ pattern: 'o3', model: 'qwen3.7-plus' }] },
    });
    expect(await chat('o3')).toEqual({ status: 200, served: 'qwen3.7-plus', named: 'o3' });
    expect((await chat('gpt-5')).status).toBe(404);
  });

  it('are there for what clients ask for on their own', async () => {
    for (const name of ['gemini-3.5-flash-lite', 'claude-haiku-5-5', 'claude-qwen3.7-plus']) {
      expect(await chat(name)).toEqual({ status: 200, served: 'qwen3.7-plus', named: name });
    }
  });

  it('can be set, and hold at once for the function that set them', async () => {
    expect(await call('PUT', { aliases })).toMatchObject({ status: 200, body: { source: 'table', aliases } });
    expect(await call('GET')).toMatchObject({ body: { source: 'table', aliases } });
    const shown = await gateway.openai.models.retrieve('gpt-5-mini');
    expect(shown).toMatchObject({ id: 'Qwen3.7-Plus-thinking' });
    const anthropic = new Anthropic({ baseURL: gateway.runtime.url, apiKey: gateway.adminKey, maxRetries: 0 });
    expect((await anthropic.models.retrieve('gpt-5')).id).toBe('qwen3.7-max');
  });

  it('hold for chats soon after', { timeout: 60_000 }, async () => {
    // Each instance of the function looks for itself, every ten seconds at the latest.
    const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 25_000, interval: 500 });
    await soon(async () => expect(await chat('gpt-5')).toMatchObject({ status: 200, served: 'qwen3.7-max' }));
    await soon(async () => expect(await chat('gpt-5-mini')).toMatchObject({ status: 200, served: 'qwen3.7-plus' }));
    await soon(async () => expect((await chat('o3')).status).toBe(404));
  });

  it('are told of by the error for an unknown name', async () => {
    const failure: unknown = await gateway.openai.chat.completions
      .create({ model: 'mistral-large', messages: [{ role: 'user', content: 'hi' }] })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OpenAI.NotFoundError);
    expect(String(failure)).toContain('PUT /admin/model-aliases');
  });

  it('refuse what leads nowhere, and stay as they were', async () => {
    const bad = await call('PUT', { aliases: [...aliases, { pattern: 'o4', model: 'gpt-5' }] });
    expect(bad).toMatchObject({ status: 400, body: { error: { param: 'aliases[2].model' } } });
    expect((await call('GET')).body.aliases).toEqual(aliases);
  });

  it('are for admins, and leave a trace in the audit log', async () => {
    expect((await call('PUT', { aliases: [] }, userKey)).status).toBe(403);
    expect((await call('GET', undefined, 'sk-wrong')).status).toBe(401);
    const log = await parsed(await gateway.request('GET', '/admin/audit'));
    const acts = log.data.map(({ act, outcome }: { act: string; outcome: string }) => `${act} ${outcome}`);
    expect(acts).toEqual(['model-aliases.replace done', 'model-aliases.replace begun']);
    expect(await parsed(await gateway.request('GET', '/admin/audit/verify'))).toMatchObject({ valid: true });
  });
});
