import { describe, expect, it } from 'vitest';
import { MethodNotAllowedError, RouteNotFoundError } from '../../../shared/chat/errors/request-errors.ts';
import { createRouteMatcher } from '../../../shared/http/match-route.ts';
import { routes } from '../../../shared/routes.ts';

const match = createRouteMatcher(routes);

describe('createRouteMatcher', () => {
  it.each(routes.map(({ method, path }) => [method, path] as const))('finds %s %s', (method, path) => {
    const { route } = match(method, path.replace('{model}', 'qwen3.7-plus'));
    expect(route).toMatchObject({ method, path });
  });

  it('reads and decodes what a segment held', () => {
    expect(match('GET', '/v1/models/a%2Fb%20c').parameters).toEqual({ model: 'a/b c' });
  });

  it('takes a segment that is not valid percent-encoding as it stands', () => {
    expect(match('GET', '/v1/models/50%').parameters).toEqual({ model: '50%' });
  });

  it.each(['/api/chat/', '/api/chat//'])('ignores the trailing slash of %s', (path) => {
    expect(match('POST', path).route.path).toBe('/api/chat');
  });

  it('takes HEAD as GET', () => {
    expect(match('HEAD', '/v1/models').route.method).toBe('GET');
  });

  it.each(['/', '/v2/models', '/v1/models/a/b', '/v1/models//', '/v1', '/v1/chat'])('knows nothing at %s', (path) => {
    expect(() => match('GET', path === '/v1/models//' ? '/v1/models//x' : path)).toThrow(RouteNotFoundError);
  });

  it('prefers a route for HEAD to the one for GET', () => {
    const read = { method: 'GET', path: '/a', function: 'models', dialect: 'native', access: 'key' } as const;
    const matchHead = createRouteMatcher([read, { ...read, method: 'HEAD', function: 'chats' }]);
    expect(matchHead('HEAD', '/a').route.function).toBe('chats');
    expect(matchHead('GET', '/a').route.function).toBe('models');
  });

  it('tells which methods a path takes', () => {
    expect(() => match('GET', '/v1/chat/completions')).toThrow(MethodNotAllowedError);
    expect(() => match('GET', '/v1/chat/completions')).toThrow('takes POST, not GET');
  });
});
