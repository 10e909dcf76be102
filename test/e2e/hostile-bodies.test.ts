import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

const model = 'qwen3.7-plus';
const schemaOf = (inner: unknown) => ({ type: 'object', properties: { a: inner } });
const branches = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, { $ref: '#/$defs/n' }]));
const endless = { ...schemaOf({ $ref: '#/$defs/n' }), $defs: { n: { type: 'object', properties: branches } } };

/** One dialect: where it is asked, and a body with one tool. */
interface Door {
  readonly name: string;
  readonly path: string;
  body(words: string, parameters: object): object;
}

const doors: readonly Door[] = [
  {
    name: 'chat completions',
    path: '/v1/chat/completions',
    body: (content, parameters) => ({
      model,
      messages: [{ role: 'user', content }],
      tools: [{ type: 'function', function: { name: 'f', parameters } }],
    }),
  },
  {
    name: 'messages',
    path: '/v1/messages',
    body: (content, input_schema) => ({
      model,
      max_tokens: 1000,
      messages: [{ role: 'user', content }],
      tools: [{ name: 'f', input_schema }],
    }),
  },
  {
    name: 'responses',
    path: '/v1/responses',
    body: (input, parameters) => ({ model, input, tools: [{ type: 'function', name: 'f', parameters }] }),
  },
  {
    name: 'Gemini',
    path: `/v1beta/models/${model}:generateContent`,
    body: (text, parametersJsonSchema) => ({
      contents: [{ parts: [{ text }] }],
      tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema }] }],
    }),
  },
];

describe.each(doors)('$name', ({ path, body }) => {
  const status = async (asked: string | object) => (await gateway.request('POST', path, asked)).status;

  it('refuses what is nested deeply, wherever it is', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const json = JSON.stringify(body('hi', { type: 'object', default: 'HERE' }));
    expect(await status(json.replace('"HERE"', deep))).toBe(400);
    expect(await status(`{"unknown":${deep},${json.slice(1)}`)).toBe(400);
  });

  it('takes schemas that hold themselves', async () => {
    expect(await status(body('repeat: fine', endless))).toBe(200);
  });

  it.each(['#/%', '#/__proto__', '#/constructor', 'https://127.0.0.1/schema.json'])(
    'takes a reference that leads nowhere: %s',
    async ($ref) => {
      expect(await status(body('repeat: fine', schemaOf({ $ref })))).toBe(200);
    },
  );

  it('takes names that mean something to JavaScript', async () => {
    const json = JSON.stringify(body('repeat: fine', schemaOf({ type: 'string' })));
    expect(await status(json.replaceAll('"a"', '"__proto__"'))).toBe(200);
    expect(await status(json.replaceAll('"f"', '"constructor"'))).toBe(200);
    expect(await status(`{"__proto__":{"model":"x"},"constructor":1,${json.slice(1)}`)).toBe(200);
  });
});

describe('names of models', () => {
  const long = `qwen3.7-plus${'-thinking'.repeat(300_000)}`;

  it.each(doors.slice(0, 3))('as long as a body are unknown: $name', async ({ path, body }) => {
    const response = await gateway.request('POST', path, { ...body('hi', {}), model: long });
    expect(response.status).toBe(404);
    expect((await response.text()).length).toBeLessThan(2_000);
  });

  it('may hold slashes, colons and broken escapes', async () => {
    for (const name of ['a%2Fb', 'a:b', 'a%3Ab', '%', '%E0%A4%A', '__proto__', 'constructor']) {
      for (const prefix of ['/v1/models/', '/v1beta/models/']) {
        expect((await gateway.request('GET', prefix + name)).status, prefix + name).toBe(404);
      }
    }
    expect((await gateway.request('GET', '/v1/models/qwen3%2E7-plus')).status).toBe(200);
  });
});
