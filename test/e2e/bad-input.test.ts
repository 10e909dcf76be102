import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openGateway, parsed, type TestGateway } from '../support/gateway.ts';

const userKey = 'sk-test-user-key-0123456789';
const chat = '/v1/chat/completions';
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openGateway({ env: { API_KEYS: userKey, MAX_BODY_BYTES: '50000' } });
});
afterAll(() => gateway.close());

interface BadRequest {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly code: string;
  readonly param?: string;
}

const messages = [{ role: 'user', content: 'hi' }];
const model = 'qwen3.7-plus';

const table: readonly BadRequest[] = [
  { what: 'bad JSON', body: '{"model":', status: 400, code: 'invalid_json' },
  { what: 'no body', status: 400, code: 'invalid_json' },
  { what: 'a list in place of an object', body: [], status: 400, code: 'invalid_json' },
  { what: 'no model', body: { messages }, status: 400, code: 'invalid_request', param: 'model' },
  { what: 'no messages', body: { model }, status: 400, code: 'invalid_request', param: 'messages' },
  { what: 'empty messages', body: { model, messages: [] }, status: 400, code: 'invalid_request', param: 'messages' },
  {
    what: 'messages of a wrong type',
    body: { model, messages: 'hi' },
    status: 400,
    code: 'invalid_request',
    param: 'messages',
  },
  {
    what: 'an unknown role',
    body: { model, messages: [{ role: 'robot', content: 'x' }] },
    status: 400,
    code: 'invalid_request',
    param: 'messages[0].role',
  },
  {
    what: 'stream of a wrong type',
    body: { model, messages, stream: 'yes' },
    status: 400,
    code: 'invalid_request',
    param: 'stream',
  },
  {
    what: 'max_tokens below one',
    body: { model, messages, max_tokens: 0 },
    status: 400,
    code: 'invalid_request',
    param: 'max_tokens',
  },
  { what: 'n above one', body: { model, messages, n: 2 }, status: 400, code: 'unsupported_parameter', param: 'n' },
  {
    what: 'logprobs',
    body: { model, messages, logprobs: true },
    status: 400,
    code: 'unsupported_parameter',
    param: 'logprobs',
  },
  {
    what: 'an unknown model',
    body: { model: 'gpt-nope', messages },
    status: 404,
    code: 'model_not_found',
    param: 'model',
  },
  {
    what: 'a model for deep research',
    body: { model: 'qwen3.7-plus-deep-research', messages },
    status: 400,
    code: 'unsupported_parameter',
    param: 'model',
  },
  { what: 'a body over the limit', body: ask('x'.repeat(60_000)), status: 413, code: 'request_too_large' },
  { what: 'no key', body: { model, messages }, headers: {}, status: 401, code: 'invalid_api_key' },
  { what: 'a wrong key', body: { model, messages }, headers: bearer('sk-wrong'), status: 401, code: 'invalid_api_key' },
  {
    what: 'an empty key',
    body: { model, messages },
    headers: { 'x-api-key': '' },
    status: 401,
    code: 'invalid_api_key',
  },
  { what: 'a wrong method', method: 'GET', path: chat, status: 405, code: 'method_not_allowed' },
  { what: 'DELETE on the models', method: 'DELETE', path: '/v1/models', status: 405, code: 'method_not_allowed' },
  { what: 'a wrong path', path: '/v1/completions', body: {}, status: 404, code: 'route_not_found' },
  { what: 'a wrong path without a key', path: '/v2', headers: {}, status: 404, code: 'route_not_found' },
  // Pages are read there, and nothing else.
  { what: 'the root', method: 'POST', path: '/', body: {}, status: 404, code: 'route_not_found' },
  {
    what: 'an unknown model by id',
    method: 'GET',
    path: '/v1/models/nope',
    status: 404,
    code: 'model_not_found',
    param: 'model',
  },
  { what: 'the closed public list', method: 'GET', path: '/models', headers: {}, status: 401, code: 'invalid_api_key' },
  { what: 'native: no message', path: '/api/chat', body: {}, status: 400, code: 'invalid_request', param: 'message' },
  {
    what: 'native: a message of a wrong type',
    path: '/api/chat',
    body: { message: 7 },
    status: 400,
    code: 'invalid_request',
    param: 'message',
  },
  {
    what: 'native: an unknown kind of chat',
    path: '/api/chat',
    body: { message: 'x', chatType: 't2x' },
    status: 400,
    code: 'invalid_request',
    param: 'chatType',
  },
  {
    what: 'native: an unknown chat',
    path: '/api/chat',
    body: { message: 'x', chatId: 'no-such' },
    status: 404,
    code: 'chat_not_found',
    param: 'chatId',
  },
  {
    what: 'chats: a name of a wrong type',
    path: '/api/chats',
    body: { name: 7 },
    status: 400,
    code: 'invalid_request',
    param: 'name',
  },
];

describe('bad input', () => {
  it.each(table)(
    '$what: $status $code',
    async ({ method = 'POST', path = chat, body, headers, status, code, param }) => {
      const response = await gateway.request(method, path, body, headers);
      const text = await response.text();
      const { error } = JSON.parse(text);
      expect({ status: response.status, code: error.code, param: error.param }).toEqual({
        status,
        code,
        param: param ?? null,
      });
      expect(error.message.length).toBeGreaterThan(20);
      expect(error.type).toBeTypeOf('string');
      expect(response.headers.get('x-request-id')).toMatch(/\S{8}/);
      expect(response.headers.get('x-should-retry')).toBe('false');
      expect(response.headers.get('content-type')).toContain('application/json');
      expect(text).not.toMatch(/<html|\n\s+at |sk-|node:/);
    },
  );

  it('tells which methods a path takes', async () => {
    expect((await gateway.request('GET', chat)).headers.get('allow')).toBe('POST');
  });

  it('takes unknown fields and nulls for what is optional', async () => {
    const body = ask('repeat: fine', {
      temperature: 9,
      seed: null,
      stop: null,
      stream: null,
      user: 7,
      metadata: [],
      nonsense: {},
    });
    expect((await gateway.request('POST', chat, body)).status).toBe(200);
  });

  it.each([
    ['Authorization', bearer(userKey)],
    ['x-api-key', { 'x-api-key': userKey }],
    ['x-goog-api-key', { 'x-goog-api-key': userKey }],
  ])('takes the key from %s', async (_name, headers) => {
    expect((await gateway.request('GET', '/v1/models', undefined, headers)).status).toBe(200);
  });

  it('answers a preflight without a key', async () => {
    const response = await gateway.request('OPTIONS', chat, undefined, { origin: 'https://example.com' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  it('shows accounts to admins only', async () => {
    const [admin, user] = await Promise.all(
      [gateway.adminKey, userKey].map(async (key) =>
        parsed(await gateway.request('GET', '/api/status', undefined, bearer(key))),
      ),
    );
    expect(admin.accounts).toHaveLength(1);
    expect(user.accounts).toBeUndefined();
    expect(user.counts).toMatchObject({ total: 1 });
  });
});

describe('open doors, when the owner opens them', () => {
  let open: TestGateway;
  beforeAll(async () => {
    open = await openGateway({
      mode: 'dev',
      env: { OPEN_MODE: 'true', PUBLIC_MODELS: 'true', SIMPLE_MODEL_MAP: 'true' },
    });
  });
  afterAll(() => open.close());

  it('serves without a key, and with any', async () => {
    expect((await open.request('POST', chat, ask('hi'), {})).status).toBe(200);
    expect((await open.request('POST', chat, ask('hi'), bearer('anything'))).status).toBe(200);
  });

  it('lists base models in public', async () => {
    const { data } = await parsed(await open.request('GET', '/models', undefined, {}));
    expect(data.map(({ id }: { id: string }) => id)).not.toContain('Qwen3.7-Plus-thinking');
  });
});
