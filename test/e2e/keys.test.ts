import Anthropic from '@anthropic-ai/sdk';
import { ApiError } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, type TestGateway } from '../support/gateway.ts';
import { callWith, clientsOf, failuresOf, type MadeKey, makeKeys, soon, words } from '../support/made-keys.ts';

describe.each(['start', 'dev'] as const)('limits of keys in mode %s', { timeout: 120_000 }, (mode) => {
  let gateway: TestGateway;
  let keyOf: (name: 'narrow' | 'pictures' | 'fresh' | 'free') => MadeKey;
  const call = (method: string, path: string, body?: unknown, key?: string) =>
    callWith(gateway, method, path, body, key);
  const clients = (name: Parameters<typeof keyOf>[0]) => clientsOf(gateway, keyOf(name).key);
  const failures = (name: Parameters<typeof keyOf>[0], model: string) => failuresOf(gateway, keyOf(name).key, model);

  beforeAll(async () => {
    gateway = await openGateway({ mode, env: { MODEL_ALIASES: 'o3 = qwen3.7-max, o4 = qwen3.7-plus' } });
    keyOf = await makeKeys(gateway, {
      narrow: { models: ['qwen3.7-plus', 'o3'], routes: ['chat'] },
      pictures: { routes: ['images', 'files'] },
      fresh: { conversations: 'never-fold' },
      free: {},
    });
  });
  afterAll(() => gateway.close());

  it('serve the models that they name, and no others, in each client’s own words', async () => {
    const { openai, anthropic, gemini } = clients('narrow');
    for (const model of ['qwen3.7-plus', 'qwen3.7-plus-thinking', 'o4', 'o3']) {
      const answer = await openai.chat.completions.create({ model, messages: [...words] });
      expect(answer.choices[0]?.message.content).toBe('hi');
    }
    const [openAiError, anthropicError, geminiError] = await failures('narrow', 'qwen3.7-max');
    expect(openAiError).toBeInstanceOf(OpenAI.NotFoundError);
    expect(openAiError).toMatchObject({ status: 404, code: 'model_not_found' });
    expect(anthropicError).toBeInstanceOf(Anthropic.NotFoundError);
    expect(geminiError).toBeInstanceOf(ApiError);
    expect(geminiError).toMatchObject({ status: 404 });
    for (const error of [openAiError, anthropicError, geminiError]) expect(String(error)).toContain('for this key');

    const listed = [
      (await Array.fromAsync(openai.models.list())).map(({ id }) => id),
      (await Array.fromAsync(anthropic.models.list())).map(({ id }) => id),
      (await Array.fromAsync(await gemini.models.list())).map(({ name }) => name),
    ];
    for (const ids of listed) {
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.filter((id) => !/qwen3\.7-plus/i.test(String(id)))).toEqual([]);
    }
    await expect(openai.models.retrieve('qwen3.7-max')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    expect((await openai.models.retrieve('o3')).id).toMatch(/max/i);
  });

  it('serve the parts of the API that they name, and no others, in each client’s own words', async () => {
    const errors = await failures('pictures', 'qwen3.7-plus');
    expect(errors[0]).toBeInstanceOf(OpenAI.PermissionDeniedError);
    expect(errors[0]).toMatchObject({ code: 'permission_denied' });
    expect(errors[1]).toBeInstanceOf(Anthropic.PermissionDeniedError);
    expect(errors[2]).toBeInstanceOf(ApiError);
    expect(errors[2]).toMatchObject({ status: 403 });
    const { openai } = clients('pictures');
    expect((await openai.images.generate({ prompt: 'a hill' })).data).toHaveLength(1);
    expect((await openai.models.list()).data.length).toBeGreaterThan(3);
    for (const [method, path] of [
      ['POST', '/v1/responses'],
      ['GET', '/v1/videos'],
      ['GET', '/api/chats'],
    ] as const) {
      expect((await call(method, path, method === 'POST' ? {} : undefined, keyOf('pictures').key)).status).toBe(403);
    }
    expect((await call('GET', '/v1/files', undefined, keyOf('pictures').key)).status).toBe(200);
  });

  it('make no pictures and videos by way of chats when they are for chats alone', async () => {
    for (const model of ['qwen3.7-plus-image', 'qwen3.7-plus-video']) {
      const { status, body } = await call(
        'POST',
        '/v1/chat/completions',
        ask('a hill', { model }),
        keyOf('narrow').key,
      );
      expect({ status, code: body.error?.code }).toEqual({ status: 403, code: 'permission_denied' });
    }
  });

  it('say what is done with conversations that are sent again', async () => {
    const again = { messages: [...words, { role: 'assistant', content: 'never said' }, ...words] };
    const chat = (key: string) => call('POST', '/v1/chat/completions', { model: 'qwen3.7-plus', ...again }, key);
    expect((await chat(keyOf('fresh').key)).body.error).toMatchObject({ code: 'conversation_unknown' });
    expect((await chat(keyOf('free').key)).status).toBe(200);
  });

  it('are asked again for what is made in the background', async () => {
    const { openai } = clients('narrow');
    const order = { input: 'repeat: hi', background: true } as const;
    await expect(openai.responses.create({ ...order, model: 'qwen3.7-max' })).rejects.toMatchObject({ status: 404 });
    const { id } = await openai.responses.create({ ...order, model: 'qwen3.7-plus' });
    await soon(async () =>
      expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'completed', output_text: 'hi' }),
    );
  });

  it('end when their time is over', async () => {
    const expires = new Date(Date.now() + 1500).toISOString();
    const { body } = await call('POST', '/admin/keys', { name: 'brief', expires_at: expires });
    expect(body).toMatchObject({ state: 'ok', expires_at: expires });
    await soon(async () => {
      const [openAiError, anthropicError, geminiError] = await failuresOf(gateway, body.key, 'qwen3.7-plus');
      expect(openAiError).toBeInstanceOf(OpenAI.AuthenticationError);
      expect(openAiError).toMatchObject({ code: 'api_key_expired' });
      expect(anthropicError).toBeInstanceOf(Anthropic.AuthenticationError);
      expect(geminiError).toMatchObject({ status: 401 });
    });
    expect((await call('GET', `/admin/keys/${body.id}`)).body.state).toBe('expired');
  });
});
