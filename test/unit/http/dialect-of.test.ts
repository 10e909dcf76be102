import { describe, expect, it } from 'vitest';
import { dialectOf, toldDialect } from '../../../shared/http/dialect-of.ts';
import { createRouteMatcher, type RouteMatch } from '../../../shared/http/match-route.ts';
import { routes } from '../../../shared/routes.ts';

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

const anthropic = { 'anthropic-version': '2023-06-01', 'x-api-key': 'sk' };
const google = { 'x-goog-api-key': 'sk' };
const bearer = { authorization: 'Bearer sk' };
const match = createRouteMatcher(routes);

/** What the middlewares know of a request when its route was looked for. */
function dialectFor(path: string, { method = 'GET', headers = {}, query = {} }: Asked = {}) {
  const found = find(method, path);
  const event = { headers, queryStringParameters: query, rawPath: path };
  return dialectOf({ event, ...(found && { match: found }) });
}

function find(method: string, path: string): RouteMatch | undefined {
  try {
    return match(method, path);
  } catch {
    return undefined;
  }
}

describe('what headers tell', () => {
  it.each([
    [anthropic, {}, 'anthropic'],
    [{ ...anthropic, ...google }, {}, 'anthropic'],
    [{ 'anthropic-version': 'of no meaning' }, {}, 'anthropic'],
    [google, {}, 'gemini'],
    [{}, { key: 'sk' }, 'gemini'],
    [bearer, {}, undefined],
    [{ 'x-api-key': 'sk' }, {}, undefined],
  ] as const)('%j and ?%j: %s', (headers, query, dialect) => {
    expect(toldDialect({ headers, query })).toBe(dialect);
  });
});

describe('the dialect of a request', () => {
  it.each(['/v1/models', '/v1/models/qwen3.7-plus'])('is told by its headers at %s', (path) => {
    expect(dialectFor(path, { headers: anthropic })).toBe('anthropic');
    expect(dialectFor(path, { headers: google })).toBe('gemini');
    expect(dialectFor(path, { query: { key: 'sk' } })).toBe('gemini');
    expect(dialectFor(path, { headers: bearer })).toBe('openai-chat');
  });

  it.each([
    ['POST', '/v1/chat/completions', 'openai-chat'],
    ['POST', '/v1/messages', 'anthropic'],
    ['POST', '/v1/messages/count_tokens', 'anthropic'],
    ['POST', '/v1/responses/input_tokens', 'openai-responses'],
    ['POST', '/v1/models/x:countTokens', 'gemini'],
    ['GET', '/v1beta/models', 'gemini'],
    ['GET', '/api/models', 'native'],
    ['GET', '/models', 'openai-chat'],
  ])('is that of the route at %s %s, whatever the headers', (method, path, dialect) => {
    for (const headers of [{}, anthropic, google, bearer]) {
      expect(dialectFor(path, { method, headers })).toBe(dialect);
    }
  });

  it('is told by headers where there is no route', () => {
    for (const path of [
      '/',
      '/v1/fine_tuning',
      '/v2/models',
      '/api/nothing',
      '/v1beta/nothing',
      '/v1/chat/completions',
    ]) {
      expect(dialectFor(path, { headers: anthropic }), path).toBe('anthropic');
      expect(dialectFor(path, { headers: google }), path).toBe('gemini');
    }
  });

  it.each([
    ['/api/nothing', 'native'],
    ['/api/', 'native'],
    ['/api', 'openai-chat'],
    ['/apis/x', 'openai-chat'],
    ['/v1beta', 'gemini'],
    ['/v1beta/files', 'gemini'],
    ['/v1beta/models/x:embedContent', 'gemini'],
    ['/v1/models/x:embedContent', 'gemini'],
    ['/v1/models/x%3AembedContent', 'gemini'],
    ['/v1/models/x:generateContent', 'gemini'],
    ['/v1/messages', 'anthropic'],
    ['/v1/messages/batches', 'anthropic'],
    ['/v1/messages_x', 'openai-chat'],
    ['/v1/responses/x/y/z', 'openai-responses'],
    ['/v1/fine_tuning', 'openai-chat'],
    ['/', 'openai-chat'],
  ])('is told by the path %s otherwise', (path, dialect) => {
    expect(dialectFor(path, { method: 'PATCH', headers: bearer })).toBe(dialect);
  });
});
