import { describe, expect, it } from 'vitest';
import { edgePaths, functionAt } from '../../../infra/constructs/edge-paths.ts';
import { createRouter } from '../../../local/front-door/router.ts';
import { MethodNotAllowedError, RouteNotFoundError } from '../../../shared/chat/errors/request-errors.ts';
import { createRouteMatcher } from '../../../shared/http/match-route.ts';
import { defaultFunction, routes } from '../../../shared/routes.ts';

const match = createRouteMatcher(routes);
const router = createRouter(routes, defaultFunction);

const edge = edgePaths(routes, defaultFunction);

/** The function that CloudFront would choose. */
const atTheEdge = (path: string) => functionAt(path, edge) ?? defaultFunction;

const versions = ['v1beta', 'v1'];
const methods = ['generateContent', 'streamGenerateContent'];
const models = ['qwen3.7-plus', 'qwen3-max', 'Qwen3.7-Plus-thinking-search', 'gemini-2.5-flash', 'a:b'];
const colons = [':', '%3A', '%3a'];

const paths = versions.flatMap((version) =>
  methods.flatMap((method) =>
    models.flatMap((model) =>
      colons.map((colon) => ({ path: `/${version}/models/${model}${colon}${method}`, version, method, model })),
    ),
  ),
);

describe('paths with a method behind the model', () => {
  it.each(paths)('$path', ({ path, version, method, model }) => {
    const { route, parameters } = match('POST', path);
    expect(route).toMatchObject({
      path: `/${version}/models/{model}:${method}`,
      function: 'gemini',
      dialect: 'gemini',
    });
    expect(parameters).toEqual({ model });
    expect(router(path)).toBe('gemini');
    expect(atTheEdge(path)).toBe('gemini');
  });

  it.each(['/v1/models/qwen3.7-plus', '/v1/models/gemini-2.5-flash', '/v1/models'])('leave %s to others', (path) => {
    expect(match('GET', path).route.function).toBe('models');
    expect(router(path)).toBe('models');
    expect(atTheEdge(path)).toBe('models');
  });

  it('decode the model', () => {
    expect(match('POST', '/v1beta/models/a%20b%2Fc:generateContent').parameters).toEqual({ model: 'a b/c' });
  });

  it('take POST only', () => {
    const own = createRouteMatcher(routes.filter((route) => route.function === 'gemini'));
    expect(() => own('GET', '/v1beta/models/x:generateContent')).toThrow(MethodNotAllowedError);
  });

  it.each(['/v1beta/models/:generateContent', '/v1beta/models/x:generate', '/v1beta/models/x.generateContent'])(
    'are no others: %s would be a model',
    (path) => {
      expect(() => match('POST', path)).toThrow(MethodNotAllowedError);
    },
  );

  it.each([
    '/v1beta/models/x/y:generateContent',
    '/v1beta/models/x:generateContent/more',
    '/v2/models/x:generateContent',
  ])('know nothing at %s', (path) => {
    expect(() => match('POST', path)).toThrow(RouteNotFoundError);
  });
});
